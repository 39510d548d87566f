import Foundation
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("recommend")
  struct Recommendation {
    private static let policy = """
      multiplier: {target: 0.01, tailIndex: 0.4, maximum: 3}
      hysteresis: {raiseAbove: 0.05, releaseBelow: 0.02, confirmations: 1}
      rateLimits: {up: 0.05, down: 0.005}
      bounds: {floor: 0.004, cap: 0.06}
      markets:
        SIM-BTC:
          tiers:
            - {notional: 0, maintenance: 0.005}
            - {notional: 500000, maintenance: 0.02}
            - {notional: 5000000, maintenance: 0.05}
      default:
        tiers:
          - {notional: 0, maintenance: 0.01}
          - {notional: 100000, maintenance: 0.025}
      """

    private static func run(
      _ format: String, policy: String = policy, options: [String] = []
    ) throws -> Invocation {
      let run = try Invocation.run(
        [
          "recommend", "--model", try TrainedModel.simulated.get(), "--policy",
          try Scratch.file("policy.yaml", policy), "--data", SimulatedBooks.file, "--output-format", format,
        ] + options)
      #expect(run.status == 0, "\(run.errors)")
      return run
    }

    @Test("margins stay within floor and cap, and the adjustments lead from the current to the recommended one")
    func replayedAdjustments() throws {
      let lines = try Self.run("json").lines.map { try JSON($0) }
      // Two sides of three markets with three, two and two tiers.
      #expect(lines.count == 14)
      for line in lines {
        let recommended = try #require(line["recommended"]?.number)
        #expect((0.004...0.06).contains(recommended))
        #expect(try #require(line["initial"]?.number) >= recommended)
        var margin = try #require(line["current"]?.number)
        let adjustments = try #require(line["adjustments"]).list
        #expect(adjustments.isEmpty == false)
        for adjustment in adjustments {
          #expect(adjustment["before"]?.number == margin)
          margin = try #require(adjustment["after"]?.number)
          #expect(adjustment["reason"]?.text?.isEmpty == false)
        }
        #expect(margin == recommended)
        let steps = adjustments.compactMap { $0["step"]?.text }
        #expect(steps.contains(try #require(line["binding"]?.text)))
        #expect(line["provenance"]?.text == "SIMULATED")
      }
      // The ten days hold shocks, so the policy has acted.
      #expect(lines.contains { $0["lastChange"]?.text != nil })
    }

    @Test("table, CSV and JSON say the same")
    func agreement() throws {
      let objects = try Self.run("json").lines.map { try JSON($0) }
      let csv = try Self.run("csv").lines
      let table = try Self.run("table").text
      let header = csv[0].split(separator: ",").map(String.init)
      #expect(csv.count == objects.count + 1)
      let names = [
        "market": "market", "side": "side", "from_notional": "fromNotional", "scheduled": "scheduled",
        "recommended": "recommended", "probability": "probability", "multiplier": "multiplier", "binding": "binding",
      ]
      for (line, object) in zip(csv.dropFirst(), objects) {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        for (column, key) in names {
          let cell = cells[try #require(header.firstIndex(of: column))]
          switch try #require(object[key]) {
          case .number(let value): #expect(Double(cell) == value, "\(column)")
          case .text(let text): #expect(cell == text, "\(column)")
          default: #expect(cell.isEmpty, "\(column)")
          }
        }
      }
      #expect(table.contains("SIMULATED"))
      let rows = table.split(separator: "\n").filter { $0.contains("SIM-") }
      // A line for each tier, then one for each market's side that says why.
      #expect(rows.count == objects.count + 6)
      for (row, object) in zip(rows, objects) {
        #expect(row.contains(try #require(object["market"]?.text)))
        let percent = try #require(object["recommended"]?.number) * 100
        #expect(row.contains(String(format: "%.2f %%", percent)), "\(row)")
      }
    }

    /// The policy without the schedule that holds for every market.
    private static let oneMarket = String(
      policy.prefix(upTo: policy.range(of: "default:")?.lowerBound ?? policy.endIndex))

    @Test(
      "the probability is the one that score gives at the market's last book, whichever markets have a schedule",
      arguments: [policy, oneMarket])
    func probabilities(policy: String) throws {
      let scored = try Invocation.run(
        ["score", "--model", try TrainedModel.simulated.get()], input: SimulatedBooks.file)
      let answers = try scored.lines.suffix(200).map { try JSON($0) }
      for line in try Self.run("json", policy: policy).lines.map({ try JSON($0) }) {
        let side = try #require(line["side"]?.text)
        let last = try #require(answers.last { $0["market"] == line["market"] })
        #expect(line["time"] == last["time"])
        #expect(line["probability"] == last["\(side).probability"])
      }
    }

    @Test("the recommended schedule goes into a policy file as it is, with the larger margin of both sides")
    func schedule() throws {
      let objects = try Self.run("json").lines.map { try JSON($0) }
      let markets = try Self.run("yaml").text
      let settings = String(Self.policy.prefix(upTo: try #require(Self.policy.range(of: "markets:")?.lowerBound)))
      for line in try Self.run("json", policy: settings + markets).lines.map({ try JSON($0) }) {
        let bothSides = objects.filter {
          $0["market"] == line["market"] && $0["fromNotional"] == line["fromNotional"]
        }
        #expect(bothSides.count == 2)
        #expect(line["scheduled"]?.number == bothSides.compactMap { $0["recommended"]?.number }.max())
      }
    }

    @Test("accounts show what existing positions hold; without them the guard says that it could not be applied")
    func accounts() throws {
      func guards(_ lines: [JSON]) -> [String] {
        lines.flatMap { $0["adjustments"]?.list ?? [] }.filter { $0["step"]?.text == "feedback-guard" }
          .compactMap { $0["reason"]?.text }
      }
      let blind = try Self.run("json").lines.map { try JSON($0) }
      #expect(guards(blind) == blind.map { _ in "the guard could not be applied: no accounts are known" })
      let file = try Scratch.file(
        "accounts.csv", "account,market,side,notional,equity\nalice,SIM-BTC,long,100000,600\n")
      let table = try Self.run("table", options: ["--accounts", file])
      #expect(table.status == 0)
      let elsewhere = try Scratch.file(
        "accounts.csv", "account,market,side,notional,equity\nalice,SIM-BTC,long,100000,600\nbob,ELSEWHERE,short,10,1\n"
      )
      #expect(
        try Self.run("table", options: ["--accounts", elsewhere]).errors
          .contains("no margin concerns the accounts in ELSEWHERE\n"))
      let wrong = try Scratch.file("accounts.csv", "account,market,side,notional,equity\nalice,SIM-BTC,up,1,1\n")
      let refused = try Invocation.run([
        "recommend", "--model", try TrainedModel.simulated.get(), "--policy",
        try Scratch.file("policy.yaml", Self.policy), "--data", SimulatedBooks.file, "--accounts", wrong,
      ])
      #expect(refused.status == 1 && refused.errors.contains("accounts.csv:2: side"), "\(refused.errors)")
    }

    @Test("the same data gives the same bytes")
    func identicalBytes() throws {
      #expect(try Self.run("json").output == Self.run("json").output)
    }

    @Test("a market that neither model nor policy knows is named and left out")
    func unknownMarket() throws {
      let line = #"{"time":"2025-02-01T00:00:00Z","market":"OTHER","bids":[[1,1]],"asks":[[2,1]]}"#
      let run = try Invocation.run([
        "recommend", "--model", try TrainedModel.simulated.get(), "--policy",
        try Scratch.file("policy.yaml", Self.policy), "--data", SimulatedBooks.file,
        try Scratch.file("other.jsonl", line + "\n"), "--output-format", "csv",
      ])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("OTHER"))
      #expect(!run.text.contains("OTHER"))
    }

    @Test("a policy that contradicts itself exits 1 and names the file and the setting")
    func wrongPolicy() throws {
      let file = try Scratch.file(
        "policy.yaml", Self.policy.replacingOccurrences(of: "releaseBelow: 0.02", with: "releaseBelow: 0.04"))
      let run = try Invocation.run([
        "recommend", "--model", try TrainedModel.simulated.get(), "--policy", file, "--data", SimulatedBooks.file,
      ])
      #expect(run.status == 1)
      #expect(run.errors.contains(file))
      #expect(run.errors.contains("releaseBelow"), "\(run.errors)")
    }
  }
}
