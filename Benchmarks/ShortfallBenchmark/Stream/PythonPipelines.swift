internal import Foundation

/// The pipelines in Python that answer the lines of the stream as the product does.
struct PythonPipelines {
  /// The number of lines over which the full pipeline is compared with the product.
  static let comparedLines = 4_000

  private let python: String
  private let material: StreamMaterial
  /// What the comparison found, such as "164 of 164 features a side and the log-odds agree".
  let verdict: String

  /// Compares the full pipeline's features and log-odds with the program's own.
  ///
  /// - Throws: Where they differ; the script names the features on standard error.
  init(python: String, program: String, material: StreamMaterial, folder: URL) throws {
    self.python = python
    self.material = material
    let compared = folder.appendingPathComponent("compared.jsonl")
    _ = try material.writeHead(Self.comparedLines, to: compared)
    let output = try outputOfProcess(
      python,
      [
        Self.script("check_features.py"), "--program", program, "--config", StreamMaterial.recipe,
        "--model", material.model, "--trees", material.trees, "--lines", compared.path,
      ])
    verdict = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// Sixteen features and a score of one side, which is little work.
  func light(_ options: [String] = []) -> LineProgram {
    LineProgram(
      name: "Python: msgspec, 16 features, LightGBM", path: python, arguments: [Self.script("stream.py")] + options)
  }

  /// The product's own features and model, both sides; named by how many of the features it computes.
  func full(_ options: [String] = []) -> LineProgram {
    let count = verdict.components(separatedBy: " a side").first ?? ""
    let model = ["--model", material.model, "--trees", material.trees]
    return LineProgram(
      name: "Python: msgspec, \(count), LightGBM", path: python,
      arguments: [Self.script("stream_all_features.py")] + model + options)
  }

  private static func script(_ name: String) -> String {
    packageFolder.appendingPathComponent("Benchmarks/Peers/\(name)").path
  }
}
