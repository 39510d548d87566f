public import Logging

/// Writes each record of a log as one line of text or JSON, whose parts have a fixed order.
public struct LineLogHandler: LogHandler {
  /// Takes a line, with its end.
  public typealias Sink = @Sendable (String) -> Void
  /// Tells the time, RFC 3339 in UTC.
  public typealias Clock = @Sendable () -> String

  /// What goes along with every record.
  public var metadata: Logger.Metadata = [:]
  /// What goes along with every record and is asked for each time.
  public var metadataProvider: Logger.MetadataProvider?
  /// The least level that is written.
  public var logLevel: Logger.Level

  private let label: String
  private let format: LogFormat
  private let clock: Clock
  private let sink: Sink

  /// Creates a handler.
  ///
  /// - Parameters:
  ///   - label: What lines of text begin with.
  ///   - clock: The time of a record, of which text says nothing.
  public init(label: String, format: LogFormat, level: Logger.Level, clock: @escaping Clock, sink: @escaping Sink) {
    self.label = label
    self.format = format
    self.clock = clock
    self.sink = sink
    logLevel = level
  }

  /// One value that goes along with every record.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes a record.
  public func log(event: LogEvent) {
    var details = metadata
    if let provided = metadataProvider?.get() { details.merge(provided) { $1 } }
    if let own = event.metadata { details.merge(own) { $1 } }
    if let error = event.error { details["error"] = .string("\(error)") }
    let sorted = details.sorted { $0.key < $1.key }
    let message = event.message.description
    switch format {
    case .text: sink(text(event.level, message, sorted))
    case .json: sink(json(event.level, message, sorted))
    }
  }

  private func text(_ level: Logger.Level, _ message: String, _ details: [(key: String, value: LogValue)]) -> String {
    var line = "\(label): "
    if level != .info, level != .notice { line += "\(level.rawValue): " }
    line += LogText.oneLine(message)
    for (key, value) in details { line += " \(LogText.word(key))=\(LogText.word(LogText.plain(value)))" }
    return line + "\n"
  }

  private func json(_ level: Logger.Level, _ message: String, _ details: [(key: String, value: LogValue)]) -> String {
    let head = [("time", clock()), ("level", level.rawValue), ("message", message)]
    var members = head.map { "\(LogText.quoted($0)):\(LogText.quoted($1))" }
    for (key, value) in details {
      // A name that is taken is told apart.
      let name = head.contains { $0.0 == key } ? key + "_" : key
      members.append("\(LogText.quoted(name)):\(LogText.json(value))")
    }
    return "{\(members.joined(separator: ","))}\n"
  }
}
