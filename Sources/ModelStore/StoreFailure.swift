/// Why a model could not be saved, loaded or promoted.
public enum StoreFailure: Error, Hashable, Sendable {
  /// A file operation failed; `reason` is the system's text.
  case file(path: String, operation: String, reason: String)
  /// Another process is writing to the same output directory.
  case busy(directory: String)
  /// What was read back differs from what was written.
  case notWrittenFaithfully(path: String)
  /// The directory holds no model.
  case noModel(directory: String)
  /// A file of the model does not have the digest that its manifest names.
  case damaged(path: String)
  /// The artefact's format is not one this program reads.
  case unknownFormat(path: String, format: Int, known: Int)
  /// A file is not what it should be.
  case malformed(path: String, reason: String)
  /// Another process has the file open.
  case inUse(path: String)
  /// The journal belongs to another search; what differs, in words.
  case otherSearch(path: String, differences: [String])
}

extension StoreFailure: CustomStringConvertible {
  /// The failure in one sentence.
  public var description: String {
    switch self {
    case .file(let path, let operation, let reason): "\(path): cannot \(operation): \(reason)"
    case .busy(let directory): "\(directory): another training run is writing here"
    case .notWrittenFaithfully(let path): "\(path): what was read back is not what was written"
    case .noModel(let directory):
      "\(directory): no model here; expected manifest.json, or a promoted model under 'current'"
    case .damaged(let path): "\(path): the file does not have the digest that manifest.json names"
    case .unknownFormat(let path, let format, let known):
      "\(path): format \(format) is unknown; this program reads format \(known)"
    case .malformed(let path, let reason): "\(path): \(reason)"
    case .inUse(let path): "\(path): another process is writing here"
    case .otherSearch(let path, let differences):
      "\(path): the journal of another search; different are \(differences.joined(separator: "; "))"
    }
  }
}
