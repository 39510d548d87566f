#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// LightGBM's own call for single rows, from its library.
///
/// The settings are made ready once, as its `…SingleRowFast` functions are for.
final class LightGBMRows {
  private typealias Create = @convention(c) (UnsafePointer<CChar>, UnsafeMutablePointer<Int32>, Handle) -> Int32
  private typealias Prepare =
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, Int32, Int32, Int32, Int32, UnsafePointer<CChar>, Handle
    ) -> Int32
  private typealias Predict =
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeRawPointer, UnsafeMutablePointer<Int64>, UnsafeMutablePointer<Double>
    ) -> Int32
  private typealias Handle = UnsafeMutablePointer<UnsafeMutableRawPointer?>

  private static let rawScore: Int32 = 1
  private static let float64: Int32 = 1

  private let predict: Predict
  private let settings: UnsafeMutableRawPointer?

  init(library path: String, model: String, columnCount: Int) throws {
    let library = try NativeLibrary(path)
    let create = try library.function("LGBM_BoosterCreateFromModelfile", as: Create.self)
    let prepare = try library.function("LGBM_BoosterPredictForMatSingleRowFastInit", as: Prepare.self)
    predict = try library.function("LGBM_BoosterPredictForMatSingleRowFast", as: Predict.self)
    var (trees, booster, prepared) = (Int32(0), UnsafeMutableRawPointer?.none, UnsafeMutableRawPointer?.none)
    guard create(model, &trees, &booster) == 0,
      prepare(
        booster, Self.rawScore, 0, -1, Self.float64, Int32(columnCount), "num_threads=1", &prepared) == 0
    else { throw BenchmarkFailure.childFailed([path]) }
    settings = prepared
  }

  func value(of row: UnsafePointer<Double>) -> Double {
    var (count, value) = (Int64(0), 0.0)
    return predict(settings, row, &count, &value) == 0 ? value : .nan
  }
}

/// Trees that lleaves compiled, called without Python.
final class CompiledTrees {
  private typealias Predict =
    @convention(c) (
      UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int32, Int32
    ) -> Void

  private let predict: Predict

  init(library path: String) throws {
    predict = try NativeLibrary(path).function("forest_root", as: Predict.self)
  }

  func value(of row: UnsafePointer<Double>) -> Double {
    var value = 0.0
    predict(row, &value, 0, 1)
    return value
  }
}

/// A library that is loaded at run time and stays loaded.
private struct NativeLibrary {
  private let handle: UnsafeMutableRawPointer
  private let path: String

  init(_ path: String) throws {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else { throw BenchmarkFailure.childFailed([path]) }
    self.handle = handle
    self.path = path
  }

  /// The function of a name, whose type the caller must know.
  func function<Function>(_ name: String, as type: Function.Type) throws -> Function {
    guard let symbol = dlsym(handle, name) else { throw BenchmarkFailure.childFailed([path, name]) }
    return unsafeBitCast(symbol, to: type)
  }
}
