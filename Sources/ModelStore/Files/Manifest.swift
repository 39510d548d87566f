internal import Digests

/// The files of an artefact with their digests; the manifest's own digest names the artefact.
struct Manifest: Codable, Equatable {
  static let fileName = "manifest.json"
  static let knownFormat = 2

  /// The part of a manifest that every format has.
  struct Format: Decodable {
    let format: Int
  }

  struct Entry: Codable, Equatable {
    let name: String
    let bytes: Int
    let sha256: String
  }

  let format: Int
  let files: [Entry]

  init(files: [ArtefactFile]) {
    format = Self.knownFormat
    self.files = files.sorted { $0.name < $1.name }.map { file in
      Entry(name: file.name, bytes: file.bytes.count, sha256: Self.digest(of: file.bytes))
    }
  }

  /// What an artefact is called by the bytes of its manifest.
  static func name(of bytes: [UInt8]) -> String { String(digest(of: bytes).prefix(16)) }

  static func digest(of bytes: [UInt8]) -> String {
    var digest = SHA256()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.hexadecimal()
  }

  /// Whether a file is in the manifest with exactly these bytes.
  func vouches(for name: String, _ bytes: [UInt8]) -> Bool {
    files.contains { $0.name == name && $0.bytes == bytes.count && $0.sha256 == Self.digest(of: bytes) }
  }
}

/// One file of an artefact.
struct ArtefactFile {
  let name: String
  let bytes: [UInt8]
}
