import MarketData
import Markets
import Sampling
import Testing

/// Records with random damage: nothing may trap, and each record is a book or a named fault.
///
/// A million mutations with optimisation; a tenth of that without, where each costs twenty times as much.
@Suite("Mutation")
struct MutationTests {
  private static let linesPerFile = 100

  @Test(arguments: BookFormat.allCases)
  func damagedRecordsAreBooksOrNamedFaults(format: BookFormat) {
    let text = Samples.text(of: format)
    let headerLines = format == .canonical ? 0 : 1
    let lines = text.split(separator: "\n").map { Array($0.utf8) }
    let header = lines.prefix(headerLines).flatMap { $0 + [UInt8(ascii: "\n")] }
    let records = Array(lines.dropFirst(headerLines))
    var generator = SeededGenerator(seed: 11, stream: UInt64(text.utf8.count))
    var counts = (snapshots: 0, faults: 0)
    for _ in 0..<(isUnoptimised ? 100 : 3_000) {
      var bytes = header
      for _ in 0..<Self.linesPerFile {
        bytes += mutated(records[generator.index(below: records.count)], &generator)
        bytes.append(UInt8(ascii: "\n"))
      }
      let decoded = decode(bytes, format: format)
      let lineCount = bytes.count { $0 == UInt8(ascii: "\n") }
      #expect(decoded.failure == nil)
      #expect(decoded.faults.allSatisfy { (1...lineCount).contains($0.line) && !$0.reason.isEmpty })
      #expect(decoded.snapshots.count + decoded.faults.count <= lineCount)
      counts.snapshots += decoded.snapshots.count
      counts.faults += decoded.faults.count
    }
    #expect(counts.snapshots > 0 && counts.faults > 0)
  }

  @Test(arguments: BookFormat.allCases)
  func damagedFilesEndInBooksFaultsOrAFailure(format: BookFormat) {
    let text = Samples.text(of: format)
    var generator = SeededGenerator(seed: 12, stream: UInt64(text.utf8.count))
    let plain = Array(text.utf8)
    let compressed = gzip(plain)
    for round in 0..<(isUnoptimised ? 500 : 17_000) {
      let bytes = mutated(mutated(round % 2 == 0 ? plain : compressed, &generator), &generator)
      let decoded = decode(bytes)
      if let failure = decoded.failure { #expect(failure.description.contains("X.csv")) }
    }
  }

  /// The bytes with one flip, overwriting, insertion, deletion, exchange of a byte, or repetition of a stretch.
  private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    let place = generator.index(below: bytes.count)
    let telling = Array("0159-+.eE,\"[]{}:\\u \0\n\r\t".utf8) + [0xFF, 0xC0, 0x80]
    let byte = telling[generator.index(below: telling.count)]
    switch generator.index(below: 6) {
    case 0: bytes[place] ^= 1 << UInt8(generator.index(below: 8))
    case 1: bytes[place] = byte
    case 2: bytes.insert(byte, at: place)
    case 3: bytes.remove(at: place)
    case 4: bytes.swapAt(place, generator.index(below: bytes.count))
    default:
      let end = min(bytes.count, place + 1 + generator.index(below: 12))
      bytes.insert(contentsOf: Array(bytes[place..<end]), at: end)
    }
    return bytes.isEmpty ? [byte] : bytes
  }
}
