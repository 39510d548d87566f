import Configuration
import Foundation
import Margining
import Markets
import Testing

@Suite("A policy as text")
struct PolicyTextTests {
  private func read(_ text: String) throws -> MarginPolicy { try MarginPolicy(yaml: text, file: "p.yaml") }

  private func expectEqual(_ left: MarginPolicy, _ right: MarginPolicy) {
    #expect(left.settings == right.settings)
    #expect(left.schedules == right.schedules)
    #expect(left.defaultSchedule == right.defaultSchedule)
  }

  @Test("With its defaults written out it is the same policy")
  func defaults() throws {
    let policy = try MarginPolicy.illustration()
    expectEqual(try read(PolicyText.text(of: policy)), policy)
  }

  @Test("With everything switched on it reads back, and again")
  func everything() throws {
    let policy = try read(try PolicyText.everything())
    let settings = policy.settings
    #expect(settings.openInterest != nil && settings.injection != nil && settings.emergencyOverride != nil)
    #expect(settings.antiProcyclicality.buffer != nil && settings.antiProcyclicality.stressedWeight == 0.25)
    let text = PolicyText.text(of: policy)
    expectEqual(try read(text), policy)
    #expect(PolicyText.text(of: try read(text)) == text)
  }

  @Test("Without the first # of its lines, what is off is on")
  func switchingOn() throws {
    let text = PolicyText.text(of: try .illustration())
    let switched = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let indent = line.prefix { $0 == " " }
      let rest = line.dropFirst(indent.count)
      let isOff = rest.hasPrefix("#") && (!rest.hasPrefix("# ") || rest.hasPrefix("#  "))
      return isOff ? String(indent + rest.dropFirst()) : String(line)
    }.joined(separator: "\n")
    let policy = try read(switched)
    expectEqual(
      try MarginPolicy(settings: policy.settings, schedules: [:], defaultSchedule: policy.defaultSchedule),
      try read(try PolicyText.everything()))
    #expect(policy.schedules.count == 1)
  }

  @Test(
    "Values that need many digits, and names that YAML would misread, come back as they were",
    arguments: ["a: b", "\"x\"", "#", "é\\n", "-", "null", "1e3", "a.b", "{x}", " ", "tab\there", "\u{85}\u{7f}"])
  func hostile(_ name: String) throws {
    let quoted = name.unicodeScalars.map { "\\U" + String(format: "%08x", $0.value) }.joined()
    let text = """
      multiplier: {target: 0.010000000000000002, maximum: 2.9999999999999996}
      hysteresis: {raiseAbove: 0.05, releaseBelow: 0.02, coolDown: 90s}
      rateLimits: {up: 0.000001, down: 0.000001}
      bounds: {floor: 0.000001, cap: 1}
      openInterest: {lower: 0.1, upper: 1e300, known: {"\(quoted)": 1e-300}}
      injection: {within: 0.1bp, costPerDay: 0, marginCostPerDay: 5e-324}
      guard: {glide: 1ns, share: 1e-9}
      emergencyOverride: {reason: "\(quoted)!", starts: 2025-10-10T21:00:00.000000001Z, expires: 2025-10-11}
      markets:
        "\(quoted)":
          maintenanceShare: 0.3333333333333333
          tiers: [{notional: 0, maintenance: 0.000001}, {notional: 0.1, maintenance: 0.333333}]
      """
    let policy = try read(text)
    #expect(policy.schedules.keys.map(\.text) == [name])
    expectEqual(try read(PolicyText.text(of: policy)), policy)
  }

  @Test("The shipped example is what it says of itself")
  func example() throws {
    let file = try #require(ShippedFile.all.first { $0.name == "policy-example.yaml" })
    #expect(PolicyText.text(of: try read(file.text)) == file.text)
  }
}
