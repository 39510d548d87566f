/// A part of a program that keeps counts of its own and puts them onto a sheet when one is asked for.
///
/// A new part names its families as constants beside the code that counts, and is asked where its owner is asked.
public protocol MetricSource {
  /// Puts what the part knows onto a sheet.
  func report(to sheet: inout MetricSheet)
}
