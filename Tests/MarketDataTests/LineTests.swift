import Foundation
import MarketData
import Sampling
import Testing

@Suite("Lines")
struct LineTests {
  /// The lines of a text that arrives in pieces of random length.
  private func split(_ bytes: [UInt8], limit: Int, seed: UInt64) -> [[UInt8]?] {
    var generator = SeededGenerator(seed: seed)
    var splitter = LineSplitter(limit: limit)
    var lines: [[UInt8]?] = []
    var position = 0
    while true {
      while let line = splitter.next() { lines.append(content(line)) }
      let wanted = min(1 + generator.index(below: 9), bytes.count - position)
      let count = splitter.fill { room in
        let count = min(wanted, room.count)
        for offset in 0..<count { room[offset] = bytes[position + offset] }
        return count
      }
      position += count
      if count == 0 { break }
    }
    if let line = splitter.last() { lines.append(content(line)) }
    #expect(splitter.number == lines.count)
    return lines
  }

  private func content(_ line: SplitLine) -> [UInt8]? {
    switch line {
    case .complete(let bytes): Array(bytes)
    case .tooLong: nil
    }
  }

  @Test func linesDoNotDependOnHowTheBytesArrive() {
    let texts = [
      "", "a", "a\n", "\n", "\n\nb", "one\r\ntwo\nthree\r\n\r\nfive", "123456789\n1234567890\nx\n12345678901",
    ]
    for (seed, text) in texts.enumerated() {
      var expected = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
      if text.isEmpty || text.hasSuffix("\n") || text.hasSuffix("\r\n") { expected.removeLast() }
      expected = Array(text.utf8).split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
      if expected.last == [] { expected.removeLast() }
      let wanted: [[UInt8]?] = expected.map { line in
        if line.count > 9 { return nil }
        return line.last == 13 ? Array(line.dropLast()) : line
      }
      for round in 0..<20 { #expect(split(Array(text.utf8), limit: 9, seed: UInt64(seed * 100 + round)) == wanted) }
    }
  }

  @Test func aLineBeyondTheLimitIsNamedAndTheFileGoesOn() {
    let text = Samples.canonical + String(repeating: " ", count: 5_000) + "\n" + Samples.canonical
    let decoded = decode(Array(text.utf8), lineLimit: 200)
    #expect(decoded.places == ["4: record"])
    #expect(decoded.snapshots.count == 6)
    #expect(decoded.failure == nil)
  }

  @Test func aTooLongRowSpoilsItsBinnedBook() {
    let text = Samples.binned.replacingOccurrences(of: "2426,", with: String(repeating: "0", count: 300) + "2426,")
    let decoded = decode(Array(text.utf8), lineLimit: 200)
    #expect(decoded.places == ["3: record"])
    #expect(decoded.snapshots.count == 1)
  }

  @Test func linesAreReadFromADescriptorAsTheyArrive() throws {
    let pipe = Pipe()
    var reader = LineReader(
      fileDescriptor: pipe.fileHandleForReading.fileDescriptor, name: "standard input", limit: 10)
    try pipe.fileHandleForWriting.write(contentsOf: Data("one\ntw".utf8))
    #expect(try reader.next() == .bytes(Array("one".utf8)))
    try pipe.fileHandleForWriting.write(contentsOf: Data("o\r\n12345678901\nend".utf8))
    #expect(try reader.next() == .bytes(Array("two".utf8)))
    try pipe.fileHandleForWriting.close()
    #expect(try reader.next() == .tooLong)
    #expect(try reader.next() == .bytes(Array("end".utf8)))
    #expect(reader.number == 4)
    #expect(try reader.next() == nil)
  }

  @Test func aClosedDescriptorIsAFailure() {
    var reader = LineReader(fileDescriptor: -1, name: "standard input")
    var failed = false
    do { _ = try reader.next() } catch { failed = error.description.hasPrefix("standard input: ") }
    #expect(failed)
  }

  @Test func byteOrderMarksAndWindowsLineEndsAreAccepted() {
    for text in Samples.all {
      let windows = "\u{FEFF}" + text.replacingOccurrences(of: "\n", with: "\r\n")
      #expect(decode(windows).snapshots == decode(text).snapshots)
      #expect(decode(windows).faults == [])
    }
  }
}
