import ArgumentParser
import Markets
import Workflows

/// How far a book's time may be ahead of the stream without others that confirm it.
enum LeapLimit: ExpressibleByArgument {
  /// As far as it likes.
  case off
  /// By so much.
  case span(TimeSpan)

  /// Reads a length of time above zero, or `off`.
  init?(argument: String) {
    if argument == "off" {
      self = .off
    } else {
      guard let span = TimeSpan(argument), span > .zero else { return nil }
      self = .span(span)
    }
  }

  /// The limit; nil for none.
  var span: TimeSpan? {
    switch self {
    case .off: nil
    case .span(let span): span
    }
  }
}
