internal import Markets
internal import Synchronization

/// One file of a stream, decoded ahead of its turn.
///
/// The decoder is used by one thread at a time; the lock says so to the compiler and is never contended.
final class RecordedFile: Sendable {
  /// When the file's first book or report was received and whose it is.
  struct Beginning {
    let time: Timestamp
    let market: MarketName?
  }

  let path: String
  /// The first record, which says when the file's turn comes.
  let beginning: Beginning
  let format: BookFormat
  private let decoder: Mutex<FileDecoder?>

  /// Opens a file and decodes its beginning; it is closed again until its turn comes.
  ///
  /// A file that cannot be opened twice, such as a pipe, stays open and has its turn at once, as has one whose
  /// first records cannot be read.
  init(path: String, format: BookFormat?) throws(SourceFailure) {
    var decoder = try FileDecoder(path: path, format: format)
    self.path = path
    self.format = decoder.format
    if FileSearch.isReopenable(path) {
      beginning = Self.beginning(of: &decoder)
      self.decoder = Mutex(nil)
    } else {
      beginning = Self.unknownBeginning
      self.decoder = Mutex(decoder)
    }
  }

  private static let unknownBeginning = Beginning(time: .distantPast, market: nil)

  private static func beginning(of decoder: inout FileDecoder) -> Beginning {
    for _ in 0..<DecodedBatch.standardLimit {
      let (batch, progress) = decoder.decode(atMost: 1)
      if let place = batch.records.first?.event.place { return Beginning(time: place.time, market: place.market) }
      guard case .unfinished = progress else { break }
    }
    return unknownBeginning
  }

  /// Decodes the next batch, opening the file if that is still to do and closing it at its end.
  func decode() -> (batch: DecodedBatch, progress: FileDecoder.Progress) {
    decoder.withLock { decoder in
      do throws(SourceFailure) {
        if decoder == nil { decoder = try FileDecoder(path: path, format: format) }
      } catch {
        return (DecodedBatch(), .failed(error))
      }
      let result = decoder?.decode() ?? (DecodedBatch(), .unfinished)
      if case .unfinished = result.progress { return result }
      decoder = nil
      return result
    }
  }
}
