import Configuration
import Foundation
import Margining
import Testing

@Suite("The catalogue of a policy's settings")
struct PolicyCatalogueTests {
  /// The names that the reader knows in a section, from the fault that an unknown one causes.
  private func known(after place: String, adding line: String) throws -> Set<String> {
    let text = try PolicyText.everything()
    let range = try #require(text.range(of: place))
    let fault = try #require(
      #expect(throws: ConfigurationFault.self) {
        try MarginPolicy(yaml: text.replacingCharacters(in: range, with: place + line), file: "p")
      })
    #expect(fault.setting.hasSuffix("zzz"))
    let list = try #require(fault.reason.range(of: "known ones are "))
    return Set(fault.reason[list.upperBound...].components(separatedBy: ", "))
  }

  /// The names that the catalogue has right below a path.
  private func catalogued(below path: String) -> Set<String> {
    Set(
      PolicyCatalogue.settings.compactMap { setting in
        guard path.isEmpty || setting.path.hasPrefix(path + ".") else { return nil }
        let rest = path.isEmpty ? setting.path : String(setting.path.dropFirst(path.count + 1))
        return rest.contains(".") ? nil : rest
      })
  }

  @Test(
    "It holds exactly what the reader knows, section by section",
    arguments: PolicyCatalogue.settings.filter { setting in
      setting.content == .section && !setting.path.hasPrefix("markets") && !setting.path.hasSuffix("tiers")
        && setting.path != "openInterest.known"
    }.map(\.path))
  func sections(_ path: String) throws {
    let depth = path.split(separator: ".").count
    let name = path.split(separator: ".").last ?? ""
    let place = "\n" + String(repeating: "  ", count: depth - 1) + name + ":\n"
    let known = try known(after: place, adding: String(repeating: "  ", count: depth) + "zzz: 1\n")
    #expect(known == catalogued(below: path))
  }

  @Test("It holds exactly what the reader knows at the top and in a tier")
  func ends() throws {
    #expect(try known(after: "\ndeadBand: 0.05\n", adding: "zzz: 1\n") == catalogued(below: ""))
    let tier = catalogued(below: "default.tiers.<n>")
    #expect(try known(after: "\n    - {", adding: "zzz: 1, ") == tier)
    #expect(tier == catalogued(below: "markets.<market>.tiers.<n>") && tier.count == 2)
    #expect(catalogued(below: "markets.<market>") == catalogued(below: "default"))
  }

  @Test("The defaults that it names are those that hold")
  func defaults() throws {
    let values = PolicyText.values(in: try PolicyText.everything())
    var count = 0
    for setting in PolicyCatalogue.settings where !setting.path.hasPrefix("default") {
      guard case .standard(let text) = setting.presence, case .value = setting.content,
        !setting.path.hasPrefix("markets")
      else { continue }
      #expect(values[setting.path] == text, "\(setting.path)")
      count += 1
    }
    #expect(count == 24)
    let tiers = "tiers: [{notional: 0, maintenance: 0.01}]"
    let schedule = try #require(
      try MarginPolicy(
        yaml: """
          multiplier: {target: 0.01}
          hysteresis: {raiseAbove: 0.05, releaseBelow: 0.02}
          rateLimits: {up: 0.05, down: 0.005}
          bounds: {floor: 0.004, cap: 0.5}
          injection: {within: 1bp, costPerDay: 0, marginCostPerDay: 0}
          antiProcyclicality: {buffer: {}}
          default: {\(tiers)}
          """, file: "p"
      ).defaultSchedule)
    #expect(schedule.maintenanceShare == 0.5)
  }

  @Test("Every setting says what it does in a sentence, and stands once")
  func sentences() {
    let paths = PolicyCatalogue.settings.map(\.path)
    #expect(Set(paths).count == paths.count)
    for setting in PolicyCatalogue.settings {
      #expect(setting.explanation.hasSuffix(".") && setting.explanation.count > 10, "\(setting.path)")
    }
  }

  @Test("A setting is found by its name, a section with what is below it, a market's by any market's")
  func lookup() throws {
    #expect(PolicyCatalogue.settings(under: "hysteresis.coolDown").map(\.path) == ["hysteresis.coolDown"])
    #expect(PolicyCatalogue.settings(under: "hysteresis").count == 5)
    #expect(
      PolicyCatalogue.settings(under: "markets.ETHUSDT.tiers.2.notional").map(\.path)
        == ["markets.<market>.tiers.<n>.notional"])
    for unknown in ["", "cooldown", "hysteresis.", "hysteresis.coolDown.x", "hyster"] {
      #expect(PolicyCatalogue.settings(under: unknown).isEmpty)
      #expect(PolicyExplanation(of: unknown) == nil)
    }
    let text = try #require(PolicyExplanation(of: "deadBand")).text()
    #expect(
      text == """
        deadBand
            share of the margin in force, 0 to 0.5. Default 0.05.
            Step 5: a schedule changes only when at least one of its tiers changes by this share.

        """)
  }

  @Test("The documentation has its table, word for word")
  func documentation() throws {
    let page = try String(contentsOf: packageRoot.appending(path: "docs/policy.md"), encoding: .utf8)
    #expect(page.contains(PolicyExplanation().markdown()))
  }
}
