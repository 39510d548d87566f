import MarketData
import Markets
import Testing

/// Files cut at every byte.
@Suite("Truncation")
struct TruncationTests {
  @Test(arguments: BookFormat.allCases)
  func aTextCutAnywhereGivesItsBooksOrNamesTheFault(format: BookFormat) {
    let text = Samples.text(of: format)
    let bytes = Array(text.utf8)
    let whole = decode(bytes)
    #expect(whole.failure == nil && whole.faults == [])
    for length in 0..<bytes.count {
      let cut = decode(Array(bytes[..<length]))
      // The last record may be cut inside a number, which leaves another number; those before it are untouched.
      #expect(cut.snapshots.count <= whole.snapshots.count)
      #expect(cut.snapshots.dropLast().elementsEqual(whole.snapshots.prefix(max(0, cut.snapshots.count - 1))))
      #expect(cut.faults.count <= 1)
      #expect(cut.faults.allSatisfy { $0.line > 0 && !$0.field.isEmpty && !$0.reason.isEmpty })
      if cut.snapshots.isEmpty, cut.faults.isEmpty, let failure = cut.failure {
        #expect(failure.description.contains("X.csv"))
      }
    }
  }

  @Test(arguments: BookFormat.allCases)
  func gzipDataCutAnywhereAreAFailureThatNamesTheFile(format: BookFormat) {
    let text = Samples.text(of: format)
    let bytes = gzip(Array(text.utf8))
    let whole = decode(Array(text.utf8)).snapshots
    #expect(decode(bytes).snapshots == whole)
    for length in 0..<bytes.count {
      let cut = decode(Array(bytes[..<length]))
      #expect(cut.failure?.description.contains("X.csv") == true)
      #expect(cut.snapshots.elementsEqual(whole.prefix(cut.snapshots.count)))
    }
  }

  @Test func theBooksBeforeTheDamageAreDelivered() throws {
    let line = try #require(Samples.canonical.split(separator: "\n").first) + "\n"
    let text = (0..<5_000).map { _ in String(line) }.joined()
    let bytes = gzip(Array(text.utf8))
    let cut = decode(Array(bytes.dropLast(4)))
    #expect(cut.snapshots.count == 5_000)
    #expect(cut.failure == .corruptGzip(path: "X.csv", reason: "the data end inside a member"))
  }

  @Test func anEmptyFileIsAnUnknownFormat() {
    #expect(decode([UInt8]()).failure == .unknownFormat(path: "X.csv", firstLine: ""))
    #expect(decode([UInt8](), format: .canonical).failure == nil)
  }
}
