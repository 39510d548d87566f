import ArgumentParser
import Configuration
import Margining

struct Policy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Prints, explains or checks the settings of a margin policy.",
    discussion: """
      --defaults writes a whole policy file: every setting with its default, an example where it has none. --explain says
      what a setting does, such as 'hysteresis.coolDown', or all of a section, or all there are. --check reads a file and
      writes the policy that it makes, with every setting that it leaves to its default.
      """)

  @Flag(help: "Write a policy file in which everything has its default.")
  var defaults = false

  @Flag(help: "Explain a setting, a section or, without a name, everything.")
  var explain = false

  @Argument(help: ArgumentHelp("With --explain, the setting or section.", valueName: "setting"))
  var setting: String?

  @Flag(help: "With --explain, write a Markdown table.")
  var markdown = false

  @Option(help: ArgumentHelp("Read a policy file and write its effective settings.", valueName: "file"))
  var check: String?

  func validate() throws {
    guard [defaults, explain, check != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("Give one of --defaults, --explain and --check.")
    }
    guard explain || (setting == nil && !markdown) else {
      throw ValidationError("A setting and --markdown go with --explain.")
    }
    if let setting, PolicyExplanation(of: setting) == nil {
      let sections = PolicyCatalogue.settings.map(\.path).filter { !$0.contains(".") }.joined(separator: ", ")
      throw ValidationError("There is no setting '\(setting)'; at the top there are \(sections).")
    }
  }

  func run() throws {
    try Rim.run {
      if defaults { StandardOutput.write(PolicyText.text(of: try .illustration())) }
      if let check { StandardOutput.write(PolicyText.text(of: try PolicyFile.policy(check))) }
      if explain {
        let explanation = setting.flatMap(PolicyExplanation.init(of:)) ?? PolicyExplanation()
        StandardOutput.write(markdown ? explanation.markdown() : explanation.text())
      }
    }
  }
}
