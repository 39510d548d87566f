/// How a record of a log is written, each on one line.
public enum LogFormat: String, CaseIterable, Sendable {
  /// For people, and for logfmt's tools behind the message: `shortfall: took up model trees line=100`.
  case text
  /// One JSON object: `time`, `level`, `message`, then what belongs to it in the order of its names.
  case json
}
