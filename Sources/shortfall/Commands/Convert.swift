import ArgumentParser
import MarketData
import Workflows

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes recorded books as canonical JSON lines, merged in time order: what 'score' reads.")

  @OptionGroup var data: DataOptions
  @OptionGroup var window: WindowOptions

  func run() throws {
    try Rim.run {
      let recording = try data.recording(from: window.start, to: window.end, talk: ConsoleTalk())
      let writer = CanonicalLineWriter()
      try recording.forEachBatch(of: 512) { snapshots in
        var bytes: [UInt8] = []
        for snapshot in snapshots { writer.append(snapshot, to: &bytes) }
        StandardOutput.write(bytes)
      }
    }
  }
}
