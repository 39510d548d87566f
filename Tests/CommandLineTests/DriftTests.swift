import Foundation
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("drift")
  struct DriftMonitors {
    private static let quick = ["drift", "--arl", "200", "--precision", "0.1", "--half-life", "100"]

    private static func run(_ options: [String]) throws -> Invocation {
      let run = try Invocation.run(quick + options)
      try #require(run.status == 0, "\(run.errors)")
      return run
    }

    @Test("a simulated model that is right gives every monitor its threshold, run length and delays")
    func simulated() throws {
      let run = try Self.run(["--json"])
      let report = try JSON(run.output)
      #expect(report["provenance"]?.text == "SIMULATED")
      let monitors = try #require(report["groups"]?.list.first?["monitors"]?.list)
      #expect(monitors.count == 10)
      for monitor in monitors {
        // Both means have a standard error of 10 %.
        let mean = try #require(monitor["runLength.value"]?.number)
        #expect(mean > 140 && mean < 290, "\(mean)")
        #expect(monitor["threshold"]?.number != nil)
        let delays = try #require(monitor["delays"]?.list)
        #expect(!delays.isEmpty)
        for delay in delays { #expect(try #require(delay["mean.value"]?.number) < 200) }
      }
      #expect(try Self.run(["--json"]).output == run.output)
    }

    @Test(
      "a run length that no threshold can give is refused, with the monitor that speaks least and how often it could")
    func unreachable() throws {
      let plan = Scratch.path("monitors.json")
      let refused = try Invocation.run(["drift", "--arl", "30", "--precision", "0.1", "--output", plan])
      #expect(refused.status == 1)
      #expect(refused.errors.contains("a run length of 30 cannot be reached:"), "\(refused.errors)")
      let least = try #require(refused.errors.firstMatch(of: #/of missExcess speaks once in ([0-9]+) values at most/#))
      #expect((150..<320).contains(try #require(Int(least.1))))
      #expect(!FileManager.default.fileExists(atPath: plan))
      #expect(try Invocation.run(["drift", "--arl", "\(least.1)", "--precision", "0.1"]).status == 0)
    }

    @Test("the tables say that they are simulated") func tables() throws {
      let text = try Self.run([]).text
      for part in ["SIMULATED reference", "SIM-DRIFT", "CUSUM", "Page-Hinkley", "ADWIN", "PSI", "odds × 2 at once"] {
        #expect(text.contains(part), "\(part)")
      }
      #expect(try Self.run(["--markdown"]).text.contains("| planted change"))
    }

    @Test("what a model said is watched from --from on, and the plan is written") func recorded() throws {
      let plan = Scratch.path("monitors.json")
      let split = SimulatedBooks.split
      let run = try Self.run([
        "--model", try TrainedModel.closeOut.get(), "--data", SimulatedBooks.file, "--from", "\(split + .days(1))",
        "--reference-from", "\(SimulatedBooks.start + .days(1))", "--json", "--output", plan,
      ])
      let report = try JSON(run.output)
      let watch = try #require(report["watch"])
      #expect(try #require(watch["outcomes"]?.number) > 0 && watch["losses"]?.number ?? 0 > 0)
      for signal in watch["signals"]?.list ?? [] {
        let time = try #require(signal["time"]?.text)
        #expect(try #require(Timestamp(time)) >= split + .days(1))
      }
      let written = try JSON(try Data(contentsOf: URL(filePath: plan)))
      #expect(written["averageRunLength"]?.number == 200)
      #expect(written["entries"]?.list.count == 3 && report["groups"]?.list.count == 4)
    }

    @Test(
      "what cannot be meant is refused",
      arguments: [
        ["--arl", "1"], ["--precision", "0"], ["--data", "x"], ["--model", "x"], ["--half-life", "0"],
        ["--json", "--markdown"], ["--model", "x", "--data", "y", "--from", "2025-10-02", "--to", "2025-10-01"],
      ])
    func usage(options: [String]) throws {
      #expect(try Invocation.run(["drift"] + options).status == 64)
    }
  }
}
