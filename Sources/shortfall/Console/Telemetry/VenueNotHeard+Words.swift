import Logging
import VenueFeeds
import Workflows

extension VenueNotHeard {
  /// What is said of it.
  var words: String { "no line says anything that this venue sends: another venue's lines?" }
}

extension Logger {
  /// Says that a venue is not heard.
  func warn(_ unheard: VenueNotHeard) {
    warning(
      "\(unheard.words)",
      metadata: ["venue": "\(unheard.venue.rawValue)", "lines": .stringConvertible(unheard.lineCount)])
  }
}
