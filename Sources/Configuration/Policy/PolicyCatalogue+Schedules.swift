/// The margin schedules.
extension PolicyCatalogue {
  static let scheduleSettings: [PolicySetting] =
    [
      section(
        "markets", .off,
        """
        Margin schedules by market. The requirement of a position is notional × maintenance − deduction; the deductions \
        follow from the tiers so that it has no jumps.
        """),
      section("markets.<market>", .off, "The schedule of the market of this name."),
    ] + schedule(at: "markets.<market>") + [
      section(
        "default", .off,
        "The schedule of every market that has none of its own. Without it such a market is left out.")
    ] + schedule(at: "default")

  private static func schedule(at path: String) -> [PolicySetting] {
    [
      value(
        "\(path).maintenanceShare", unit: "share", range: "0.000001 to 1", .standard("0.5"),
        """
        Initial margin is maintenance margin divided by this; maximum leverage is 1 / initial margin, rounded down.
        """),
      section("\(path).tiers", .required, "A list of tiers from the smallest notional to the largest."),
      value(
        "\(path).tiers.<n>.notional", unit: "quote currency", range: "0 for the first, then rising", .required,
        "Where the tier starts."),
      value(
        "\(path).tiers.<n>.maintenance", unit: "fraction of notional",
        range: "bounds.floor to bounds.cap, never lower than the tier before", .required,
        "The maintenance margin rate of the next unit of notional, rounded up to parts per million."),
    ]
  }

  private static func section(
    _ path: String, _ presence: PolicySetting.Presence, _ explanation: String
  ) -> PolicySetting {
    .section(path, presence, isOn: { _ in false }, explanation)
  }

  private static func value(
    _ path: String, unit: String, range: String, _ presence: PolicySetting.Presence, _ explanation: String
  ) -> PolicySetting {
    .value(path, unit: unit, range: range, presence, { _ in nil }, explanation)
  }
}
