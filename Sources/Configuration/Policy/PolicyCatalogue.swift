/// Every setting of a policy file, in the order in which a file gives them.
public enum PolicyCatalogue {
  /// The settings and sections; a section stands before its settings.
  public static let settings: [PolicySetting] =
    requirementSettings + initialMarginSettings + controlSettings + feedbackSettings + silenceSettings
    + scheduleSettings

  /// A setting or section and everything below it, or nothing when there is none of that name.
  ///
  /// A market's name may stand in place of `<market>`, and a tier's number in place of `<n>`.
  public static func settings(under path: String) -> [PolicySetting] {
    let asked = path.split(separator: ".", omittingEmptySubsequences: false)
    let matches = settings.filter { setting in
      setting.names.count >= asked.count && zip(setting.names, asked).allSatisfy { $0 == $1 || $0.first == "<" }
    }
    return matches.contains { $0.names.count == asked.count } ? matches : []
  }
}
