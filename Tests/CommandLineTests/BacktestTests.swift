import Foundation
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("backtest and report")
  struct Backtest {
    private static func configuration() throws -> String {
      try Scratch.file("close-out.yaml", Array(SimulatedBooks.closeOutTraining().utf8))
    }

    @Test("the JSON of a back-test becomes a page")
    func page() throws {
      let json = try Invocation.run([
        "backtest", "--config", try Self.configuration(), "--data", SimulatedBooks.file, "--from",
        "\(SimulatedBooks.split)", "--output-format", "json",
      ])
      #expect(json.status == 0, "\(json.errors)")
      #expect(try JSON(json.text)["setting.target"]?.number == 0.95)
      let stored = try Scratch.file("backtest.json", Array(json.text.utf8))
      let page = stored + ".html"
      let run = try Invocation.run(["report", "--backtest", stored, "--output", page])
      #expect(run.status == 0, "\(run.errors)")
      let html = try String(contentsOfFile: page, encoding: .utf8)
      #expect(html.contains("SIMULATED") && html.contains("<svg"))
    }

    @Test("a stored model is judged on what it did not learn from, and its page written to a file")
    func storedModel() throws {
      let page = Scratch.path("stored.html")
      let policy = try Scratch.file("backtest-policy.yaml", Self.policy)
      let accounts = try Scratch.file("accounts.csv", "account,market,side,notional,equity\na,SIM-BTC,long,1000,50\n")
      let run = try Invocation.run([
        "backtest", "--model", try TrainedModel.closeOut.get(), "--policy", policy, "--accounts", accounts, "--data",
        SimulatedBooks.file, "--from", "2000-01-01", "--output-format", "html", "--output", page,
      ])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.text.isEmpty)
      #expect(run.errors.contains("judged from then on"))
      let html = try String(contentsOfFile: page, encoding: .utf8)
      #expect(html.contains("SIMULATED") && html.contains("<svg"))
    }

    @Test("options that contradict each other, exit code 64")
    func contradictions() throws {
      let books = ["--data", SimulatedBooks.file, "--from", "\(SimulatedBooks.split)"]
      let configuration = try Self.configuration()
      for options in [
        [], ["--config", configuration, "--model", configuration], ["--model", configuration, "--retrain-every", "1d"],
        ["--config", configuration, "--accounts", configuration],
      ] {
        #expect(try Invocation.run(["backtest"] + options + books).status == 64)
      }
    }

    private static let policy = """
      multiplier: {target: 0.01, tailIndex: 0.4, maximum: 3}
      hysteresis: {raiseAbove: 0.05, releaseBelow: 0.02, confirmations: 1}
      rateLimits: {up: 0.05, down: 0.005}
      bounds: {floor: 0.004, cap: 0.06}
      default:
        tiers:
          - {notional: 0, maintenance: 0.01}
          - {notional: 100000, maintenance: 0.025}
      """

    @Test("a file that is no back-test is named, exit code 1")
    func wrongFile() throws {
      let file = try Scratch.file("not-a-backtest.json", Array("{}".utf8))
      let run = try Invocation.run(["report", "--backtest", file, "--output", file + ".html"])
      #expect(run.status == 1)
      #expect(run.errors.contains("not-a-backtest.json"))
    }

    @Test("a configuration without close-out quantiles, exit code 1")
    func withoutQuantiles() throws {
      let file = try Scratch.file("plain.yaml", Array(SimulatedBooks.training().utf8))
      let run = try Invocation.run([
        "backtest", "--config", file, "--data", SimulatedBooks.file, "--from", "\(SimulatedBooks.split)",
      ])
      #expect(run.status == 1)
      #expect(run.errors.contains("closeOutQuantile"))
    }

    @Test("an empty window to judge, exit code 1; a window that ends before it starts, 64")
    func windows() throws {
      let arguments = ["backtest", "--config", try Self.configuration(), "--data", SimulatedBooks.file]
      let late = try Invocation.run(arguments + ["--from", "2031-01-01"])
      #expect(late.status == 1)
      #expect(late.errors.contains("no book of a known market from 2031-01-01"))
      let turned = try Invocation.run(arguments + ["--from", "2025-02-01", "--to", "2025-01-01"])
      #expect(turned.status == 64)
    }
  }
}
