import MarketData
import Sampling
import Testing

@Suite("Writing gzip")
struct DeflaterTests {
  private func deflated(_ pieces: [[UInt8]]) -> [UInt8] {
    var output: [UInt8] = []
    var deflater = Deflater()
    for piece in pieces { deflater.write(piece, to: &output) }
    deflater.finish(to: &output)
    return output
  }

  @Test func whatIsWrittenReadsBack() throws {
    var generator = SeededGenerator(seed: 9)
    let line = #"{"time":1,"market":"SIM-A","bids":[[99,1]],"asks":[[101,1]]}"# + "\n"
    let pieces = (0..<400).map { _ in Array(String(repeating: line, count: generator.index(below: 40)).utf8) }
    let stored = deflated(pieces)
    var decoder = try FileDecoder(StoredBytes(stored, path: "books.jsonl.gz"))
    var count = 0
    while true {
      let (batch, progress) = decoder.decode()
      count += batch.records.count
      if case .finished = progress { break }
      guard case .unfinished = progress else {
        Issue.record("the data could not be read back")
        break
      }
    }
    #expect(count == pieces.reduce(0) { $0 + $1.count } / line.utf8.count)
    #expect(stored.count < pieces.reduce(0) { $0 + $1.count } / 10)
  }

  @Test func howTheInputIsCutDoesNotChangeTheBytes() {
    let text = Array(String(repeating: "0123456789 depth ", count: 5_000).utf8)
    let whole = deflated([text])
    #expect(whole == deflated([text]))
    #expect(whole == deflated([Array(text[..<777]), Array(text[777...40_000]), Array(text[40_001...])]))
  }
}
