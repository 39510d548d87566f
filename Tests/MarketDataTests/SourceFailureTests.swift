import Foundation
import MarketData
import Testing

@Suite("Sources that cannot be read")
struct SourceFailureTests {
  private func failure(_ paths: [String], format: BookFormat? = nil) -> SourceFailure? {
    do throws(SourceFailure) {
      _ = try RecordedStream(paths: paths, format: format)
      return nil
    } catch {
      return error
    }
  }

  @Test func nothingNamedNothingFound() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: ".hidden")
    #expect(failure([]) == .noPaths)
    #expect(failure([folder.path]) == .nothingFound(path: folder.path))
    #expect(failure([folder.path + "/none"])?.description.hasPrefix(folder.path + "/none: ") == true)
  }

  @Test func unknownFormatsAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write(Samples.canonical, to: "a.jsonl")
    let path = try folder.write(
      "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\n", to: "b.csv")
    guard case .unknownFormat(let named, let line) = failure([folder.path]) else {
      Issue.record("the format was accepted")
      return
    }
    #expect(named == path)
    #expect(line.hasPrefix("exchange,symbol,"))
  }

  @Test func aNamedFormatMustFit() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Samples.canonical, to: "a.jsonl")
    #expect(
      failure([path], format: .binned)
        == .malformedHeader(path: path, format: .binned, reason: "it is not 'ts,price,buy_qty,sell_qty'"))
    #expect(failure([path], format: .canonical) == nil)
  }

  @Test func aFileNamedTwiceIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Samples.canonical, to: "a.jsonl")
    #expect(failure([folder.path, path]) == .repeated(path: path))
  }

  @Test func aFolderInsideItselfIsRefused() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: folder.path)
    #expect(failure([folder.path]) == .endless(path: folder.path + "/loop"))
  }
}
