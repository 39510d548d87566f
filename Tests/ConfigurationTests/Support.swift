import Configuration
import Foundation
import Margining
import Testing

/// The repository's root.
let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// A configuration file that is shipped with the product.
struct ShippedFile: CustomTestStringConvertible, Sendable {
  let name: String
  let text: String

  /// Every YAML file under `Models`, in name order.
  static let all: [ShippedFile] = {
    let folder = packageRoot.appending(path: "Models")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name in
      (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)).map { ShippedFile(name: name, text: $0) }
    }
  }()

  var testDescription: String { name }

  /// Reads the text as what the file is: a margin policy when its name says so, else a training configuration.
  func read(_ text: String) throws(ConfigurationFault) {
    if name.contains("policy") {
      _ = try MarginPolicy(yaml: text, file: name)
    } else {
      _ = try TrainingConfiguration(yaml: text, file: name)
    }
  }
}

/// A change to a sound text, and how the fault that it causes begins.
struct WrongSetting: CustomTestStringConvertible, Sendable {
  let old: String
  let new: String
  let fault: String

  init(_ old: String, _ new: String, _ fault: String) {
    self.old = old
    self.new = new
    self.fault = fault
  }

  var testDescription: String { "\(old) → \(new)" }

  func applied(to text: String) -> String {
    text.replacingOccurrences(of: old, with: new)
  }
}
