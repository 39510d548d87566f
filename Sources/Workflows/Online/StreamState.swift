package import Checkpoints
internal import Digests

/// All that a stream remembers at one position, in the form in which it lies in a file.
///
/// The form: a line with the format's number, the bytes of an archive, and the SHA-256 of all that in hexadecimal digits.
public struct StreamState: Sendable {
  /// How far the stream was answered.
  public let position: StreamPosition

  let identity: StreamIdentity
  /// The archive, read up to the memory.
  let memory: StateArchive

  private static let name = "shortfall state "
  /// To be raised with every change of what is exchanged, or in which order.
  private static let format = 5
  private static let digestLength = 64

  /// The form of a state that was taken.
  package static func bytes(_ taken: TakenState) -> [UInt8] {
    let content = Array("\(name)\(format)\n".utf8) + taken.archive.bytes
    return content + digest(content[...])
  }

  /// Reads the form.
  ///
  /// - Throws: `StateFault` for anything but a whole state in the known format.
  package init(bytes: [UInt8]) throws(StateFault) {
    guard bytes.starts(with: Self.name.utf8) else { throw StateFault("it is no state of a stream") }
    let number = bytes.dropFirst(Self.name.utf8.count).prefix { $0 != 0x0a }
    guard number.count < 10, let format = Int(String(decoding: number, as: UTF8.self)) else {
      throw StateFault("it is no state of a stream")
    }
    guard format == Self.format else {
      throw StateFault("format \(format) is unknown; this program reads format \(Self.format)")
    }
    let content = bytes.dropLast(Self.digestLength)
    guard content.endIndex > number.endIndex, bytes[content.endIndex...].elementsEqual(Self.digest(content)) else {
      throw StateFault("it is torn or damaged: its digest does not match")
    }
    var archive = StateArchive(reading: Array(content[(number.endIndex + 1)...]))
    identity = try StreamIdentity(from: &archive)
    position = try StreamPosition(from: &archive)
    memory = archive
  }

  private static func digest(_ content: ArraySlice<UInt8>) -> [UInt8] {
    var digest = SHA256()
    content.withUnsafeBytes { digest.update($0) }
    return Array(digest.hexadecimal().utf8)
  }
}

/// A state as it was taken at one position, on its way into a file.
public struct TakenState: Sendable {
  let archive: StateArchive

  /// The number of bytes.
  public var size: Int { archive.bytes.count }

  init(
    _ identity: StreamIdentity, _ position: StreamPosition, of memory: inout StreamMemory, expecting count: Int
  ) throws(StateFault) {
    var archive = StateArchive(expecting: count)
    identity.write(to: &archive)
    position.write(to: &archive)
    try archive.exchange(&memory)
    self.archive = archive
  }
}
