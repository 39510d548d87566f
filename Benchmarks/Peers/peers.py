"""Runs one peer once and prints what it took as one line of JSON; the benchmark starts it anew for each run.

Matrices are folders: values.f64 (column by column), outcomes.u8. Predictions are log-odds in a file of float64.
"""

import argparse
import json
import resource
import subprocess
import time
from pathlib import Path

import numpy as np


def read_matrix(folder):
    """The rows one after the other, which is the layout in which these libraries are fastest, and the outcomes."""
    outcomes = np.fromfile(folder / "outcomes.u8", dtype=np.uint8)
    columns = np.fromfile(folder / "values.f64").reshape(-1, len(outcomes))
    return np.ascontiguousarray(columns.T), outcomes


def peak_megabytes():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("the system does not tell the peak memory")


def forget_peak():
    """Lets the peak start again from the memory that is in use now."""
    Path("/proc/self/clear_refs").write_text("5")


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measured(work):
    forget_peak()
    held, used, start = peak_megabytes(), processor_seconds(), time.perf_counter()
    value = work()
    elapsed, processor = time.perf_counter() - start, processor_seconds() - used
    return value, {"elapsed": elapsed, "processor": processor, "peakMegabytes": peak_megabytes() - held}


def train_lightgbm(options, extra):
    import lightgbm

    recipe = options.recipe
    rows, outcomes = read_matrix(options.data)
    parameters = {
        "objective": "binary",
        "num_threads": options.threads,
        "num_leaves": recipe["leaves"],
        "learning_rate": recipe["learningRate"],
        "max_bin": recipe["bins"],
        "min_data_in_leaf": recipe["minimumRows"],
        "min_sum_hessian_in_leaf": recipe["minimumHessian"],
        "lambda_l2": recipe["l2"],
        "verbosity": -1,
    } | extra

    def work():
        data = lightgbm.Dataset(rows, outcomes, params=parameters).construct()
        return lightgbm.train(parameters, data, recipe["rounds"], keep_training_booster=True)

    booster, effort = measured(work)
    booster.save_model(options.model)
    return booster.predict(read_matrix(options.test)[0], raw_score=True), effort


def train_xgboost(options, extra):
    import xgboost

    recipe = options.recipe
    rows, outcomes = read_matrix(options.data)
    parameters = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "nthread": options.threads,
        "max_leaves": recipe["leaves"],
        "learning_rate": recipe["learningRate"],
        "max_bin": recipe["bins"],
        "min_child_weight": recipe["minimumHessian"],
        "lambda": recipe["l2"],
    } | extra

    def work():
        data = xgboost.QuantileDMatrix(rows, outcomes, max_bin=recipe["bins"], nthread=options.threads)
        return xgboost.train(parameters, data, recipe["rounds"])

    booster, effort = measured(work)
    booster.save_model(options.model)
    test = xgboost.DMatrix(read_matrix(options.test)[0], nthread=options.threads)
    return booster.predict(test, output_margin=True), effort


def compiled(options, **settings):
    import lleaves

    model = lleaves.Model(model_file=str(options.model))
    model.compile(raw_score=True, **settings)
    return model


def predictor(options):
    """The fastest way that the library has to take many rows on one thread; compiling is done once and kept."""
    if options.program == "lightgbm":
        import lightgbm

        booster = lightgbm.Booster(model_file=options.model)
        return lambda rows: booster.predict(rows, raw_score=True, num_threads=1)
    if options.program == "xgboost":
        import xgboost

        booster = xgboost.Booster({"nthread": 1}, model_file=options.model)
        return lambda rows: booster.inplace_predict(rows, predict_type="margin")
    model = compiled(options, cache=f"{options.model}.batch.o", fcodemodel="small")
    return lambda rows: model.predict(rows, n_jobs=1)


def predict(options):
    rows = read_matrix(options.data)[0]
    work = predictor(options)
    work(rows[:1000])
    efforts = []
    for _ in range(options.repeats):
        values, effort = measured(lambda: work(rows))
        efforts.append(effort)
    return values, sorted(efforts, key=lambda effort: effort["elapsed"])[len(efforts) // 2]


def libraries(options):
    """What a native program loads for single rows: LightGBM's library, and the trees compiled for single rows."""
    import lightgbm

    compiled_trees, shared = Path(f"{options.model}.row.o"), Path(f"{options.model}.row.so")
    # lleaves would take what it compiled of earlier trees for these.
    for stale in [compiled_trees, Path(f"{options.model}.batch.o")]:
        stale.unlink(missing_ok=True)
    trees = sum(line.startswith("Tree=") for line in options.model.open())
    compiled(options, cache=str(compiled_trees), fcodemodel="small", fblocksize=trees)
    subprocess.run(["cc", "-shared", "-o", str(shared), str(compiled_trees), "-lm"], check=True)
    library = Path(lightgbm.__file__).parent / "lib" / "lib_lightgbm.so"
    return {"lightgbm": str(library), "compiledTrees": str(shared)}


def parsed_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("task", choices=["train", "predict", "libraries"])
    parser.add_argument("--program", choices=["lightgbm", "xgboost", "lleaves"])
    for name in ["data", "test", "predictions", "model"]:
        parser.add_argument(f"--{name}", type=Path)
    for name in ["threads", "repeats"]:
        parser.add_argument(f"--{name}", type=int)
    parser.add_argument("--recipe", type=json.loads)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    return parser.parse_args()


def main():
    options = parsed_options()
    if options.task == "libraries":
        print(json.dumps(libraries(options)))
        return
    if options.task == "train":
        train = {"lightgbm": train_lightgbm, "xgboost": train_xgboost}[options.program]
        values, effort = train(options, dict(setting.split("=", 1) for setting in options.set))
    else:
        values, effort = predict(options)
    np.asarray(values, dtype=np.float64).tofile(options.predictions)
    print(json.dumps(effort))


if __name__ == "__main__":
    main()
