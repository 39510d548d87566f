internal import Markets
internal import Synchronization

/// One file of a stream, decoded ahead of its turn.
///
/// The decoder is used by one thread at a time; the lock says so to the compiler and is never contended.
final class RecordedFile: Sendable {
  /// When the file's first book was received and whose it is.
  struct Beginning {
    let time: Timestamp
    let market: MarketName?
  }

  let path: String
  /// The first book, which says when the file's turn comes.
  let beginning: Beginning
  let format: BookFormat
  private let decoder: Mutex<FileDecoder?>

  /// Opens a file, decodes its beginning and closes it again until its turn comes.
  ///
  /// A file without a book in its first batch has its turn at once.
  init(path: String, format: BookFormat?) throws(SourceFailure) {
    var look = try FileDecoder(path: path, format: format)
    self.path = path
    self.format = look.format
    beginning = Self.beginning(of: look.decode().batch)
    decoder = Mutex(nil)
  }

  /// Takes a decoder for a source that cannot be opened twice; its turn comes at once.
  init(path: String, decoder: consuming FileDecoder) {
    self.path = path
    format = decoder.format
    beginning = Beginning(time: .distantPast, market: nil)
    self.decoder = Mutex(decoder)
  }

  private static func beginning(of batch: DecodedBatch) -> Beginning {
    for record in batch.records {
      if case .snapshot(let snapshot) = record.event { return Beginning(time: snapshot.time, market: snapshot.market) }
    }
    return Beginning(time: .distantPast, market: nil)
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
