import Configuration
import Testing

@Suite("Files that are not settings")
struct DocumentTests {
  private func fault(_ text: String) throws -> ConfigurationFault {
    try #require(
      #expect(throws: ConfigurationFault.self) { try TrainingConfiguration(yaml: text, file: "f.yaml") })
  }

  @Test(
    "An empty file, a comment, a word and a list hold no settings", arguments: ["", "\n\n", "# x\n", "word", "- a"])
  func noSettings(_ text: String) throws {
    let fault = try fault(text)
    #expect(fault.setting.isEmpty)
    #expect(fault.reason == "expected settings as 'name: value' lines")
  }

  @Test("Broken YAML is named with the line where reading stopped")
  func broken() throws {
    let open = try fault("name: a\ntask: [1, 2\ngate: 1\n")
    #expect(open.line == 3)
    #expect(open.reason.hasPrefix("not YAML: "))
    #expect(try fault("name: a\ntask:\n\tband: 1\n").line == 3)
    #expect(try fault("name: \"a\n").reason.hasPrefix("not YAML: "))
  }

  @Test("A character that YAML does not allow is named with its line")
  func controlCharacter() throws {
    let fault = try fault("# é ö ü × – 🜁\nname: é\n\n\n\n\n\n\ntask:\n  band: \u{1}\n")
    #expect(fault.description == "f.yaml:10: not YAML: control characters are not allowed")
  }

  @Test("A setting that stands twice is named, at the top and below")
  func twice() throws {
    let top = try fault("name: a\nname: b\n")
    #expect(top.reason == "the setting 'name' stands twice")
    #expect(top.line == 1)
    let below = try fault("name: a\ntask:\n  band: 1bp\n  horizon: 1h\n  band: 2bp\n")
    #expect(below.reason == "the setting 'band' stands twice")
    #expect(below.line == 3)
  }

  @Test("A name that is not text is refused")
  func name() throws {
    #expect(try fault("name: a\n[x, y]: 1\n").description == "f.yaml:2: a setting's name is not text")
  }

  @Test("Nesting without end is refused, not followed", arguments: ["[", "{a: ", "- ", "? "])
  func nesting(_ opener: String) throws {
    #expect(throws: ConfigurationFault.self) {
      try TrainingConfiguration(yaml: "name: " + String(repeating: opener, count: 50_000), file: "f.yaml")
    }
    #expect(throws: ConfigurationFault.self) {
      try TrainingConfiguration(yaml: String(repeating: opener, count: 50_000), file: "f.yaml")
    }
  }

  @Test("Nesting that is closed again is refused as well")
  func closedNesting() throws {
    let deep = String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000)
    #expect(throws: ConfigurationFault.self) { try TrainingConfiguration(yaml: "name: " + deep, file: "f.yaml") }
  }
}
