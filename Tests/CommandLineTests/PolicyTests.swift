import Foundation
import TestRecordings
import Testing

@Suite("shortfall policy")
struct PolicyTests {
  @Test("--defaults writes a file that --check reads and writes again, bit for bit")
  func defaults() throws {
    let defaults = try Invocation.run(["policy", "--defaults"])
    #expect(defaults.status == 0 && defaults.errors.isEmpty)
    let path = Scratch.path("policy.yaml")
    try defaults.output.write(to: URL(fileURLWithPath: path))
    let checked = try Invocation.run(["policy", "--check", path])
    #expect(checked.status == 0)
    #expect(checked.output == defaults.output)
  }

  @Test("--explain says what one setting does, a whole section, or all")
  func explain() throws {
    let one = try Invocation.run(["policy", "--explain", "hysteresis.coolDown"])
    #expect(one.status == 0)
    #expect(one.text.hasPrefix("hysteresis.coolDown\n    length of time, above 0. Default 6h.\n"))
    let section = try Invocation.run(["policy", "--explain", "guard", "--markdown"])
    #expect(section.lines.count == 2 + 4)
    let all = try Invocation.run(["policy", "--explain"])
    #expect(all.text.contains(one.text) && all.lines.count > 100)
  }

  @Test("--check names the file, the line, the setting and the reason of a fault")
  func fault() throws {
    let path = Scratch.path("policy.yaml")
    let text = try Invocation.run(["policy", "--defaults"]).text
    try text.replacingOccurrences(of: "releaseBelow: 0.02", with: "releaseBelow: 0.04")
      .write(toFile: path, atomically: true, encoding: .utf8)
    let checked = try Invocation.run(["policy", "--check", path])
    #expect(checked.status == 1 && checked.output.isEmpty)
    #expect(checked.errors.contains("\(path):"))
    #expect(checked.errors.contains(": hysteresis.releaseBelow: must not be above 0.5 × hysteresis.raiseAbove"))
  }

  @Test(
    "Anything else is a usage error",
    arguments: [
      ["policy"], ["policy", "--defaults", "--explain"], ["policy", "--defaults", "guard"],
      ["policy", "--check", "x", "--markdown"], ["policy", "--explain", "no.such"],
    ])
  func usage(_ arguments: [String]) throws {
    let run = try Invocation.run(arguments)
    #expect(run.status == 64 && run.output.isEmpty)
  }
}
