internal import ArgumentParser

/// One way through a stream of books, measured in a process of its own so that its peak memory is its own.
enum Pass: String, ExpressibleByArgument {
  /// The product reads.
  case reading
  /// The twin reads.
  case plainReading
  /// The product reads and computes every feature; the features on one thread.
  case features
  /// The same with the markets side by side, as training does it.
  case featuresInParallel
  /// The twin reads and computes some of the features.
  case plainFeatures
  /// A simulated stream goes through the product's writer, parser and features without ever being stored.
  case endlessStream
  /// The product reads canonical lines one by one, scores them with the shipped model and writes the answers.
  case scoring
}

/// What one pass took.
struct PassResult: Codable, Sendable {
  /// Books read.
  var snapshots = 0
  /// Bytes read, before any inflating.
  var bytes = 0
  /// Something that two implementations of the same pass agree on, up to rounding.
  var fingerprint = 0.0
  /// Seconds by the clock.
  var elapsed = 0.0
  /// Seconds of all cores together.
  var processor = 0.0
  /// The largest resident memory of the process.
  var peakMegabytes = 0.0
}

/// Which feature configuration a pass uses.
enum FeaturePace: String, ExpressibleByArgument {
  /// Windows of hours, for books that are minutes apart.
  case standard
  /// Windows of minutes, for books that are seconds apart.
  case streaming
}
