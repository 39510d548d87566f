/// Which bytes were read: a file's name, length and SHA-256.
public struct FileDigest: Hashable, Sendable, Codable {
  /// The last component of the file's path.
  public let name: String
  /// The number of bytes as stored.
  public let byteCount: Int
  /// The SHA-256 of the bytes as stored, as 64 lower-case hexadecimal digits.
  public let sha256: String

  /// Creates a digest.
  public init(name: String, byteCount: Int, sha256: String) {
    self.name = name
    self.byteCount = byteCount
    self.sha256 = sha256
  }
}
