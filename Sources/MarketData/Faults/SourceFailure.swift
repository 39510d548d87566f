/// Why a file or folder cannot be read on.
public enum SourceFailure: Error, Hashable, Sendable {
  /// The system refuses to open or read the path.
  case unreadable(path: String, reason: String)
  /// The folder holds no file.
  case nothingFound(path: String)
  /// No path was given.
  case noPaths
  /// The same file was named twice, directly or through a folder.
  case repeated(path: String)
  /// A folder contains itself through a link.
  case endless(path: String)
  /// The content is in none of the known formats.
  case unknownFormat(path: String, firstLine: String)
  /// The first line does not name the columns that the format needs.
  case malformedHeader(path: String, format: BookFormat, reason: String)
  /// The compressed bytes are damaged or end too early.
  case corruptGzip(path: String, reason: String)
}

extension SourceFailure: CustomStringConvertible {
  /// The failure in one sentence that names the path.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .nothingFound(let path): "\(path): the folder holds no file"
    case .noPaths: "no file or folder was named"
    case .repeated(let path): "\(path): the file is named twice"
    case .endless(let path): "\(path): the folder contains itself through a link"
    case .unknownFormat(let path, let firstLine):
      "\(path): the format is unknown, the first line is '\(firstLine)'; known formats are "
        + BookFormat.allCases.map(\.rawValue).joined(separator: ", ")
    case .malformedHeader(let path, let format, let reason): "\(path):1: not a \(format.rawValue) header: \(reason)"
    case .corruptGzip(let path, let reason): "\(path): the gzip data is corrupt: \(reason)"
    }
  }
}
