import CZlib
import MarketData
import Markets
import Testing

/// Everything that one file in memory holds.
struct Decoded {
  var snapshots: [BookSnapshot] = []
  var reports: [MarketReport] = []
  var faults: [RecordFault] = []
  var failure: SourceFailure?
  var digest: FileDigest?

  /// The faults as `line: field`.
  var places: [String] { faults.map { "\($0.line): \($0.field)" } }
}

func decode(
  _ bytes: [UInt8], name: String = "X.csv", format: BookFormat? = nil, lineLimit: Int = LineSplitter.standardLimit
) -> Decoded {
  var decoded = Decoded()
  do throws(SourceFailure) {
    var decoder = try FileDecoder(StoredBytes(bytes, path: name), format: format, lineLimit: lineLimit)
    while true {
      let (batch, progress) = decoder.decode()
      for record in batch.records {
        switch record.event {
        case .snapshot(let snapshot): decoded.snapshots.append(snapshot)
        case .report(let report): decoded.reports.append(report)
        case .rejected(let fault): decoded.faults.append(fault)
        }
      }
      switch progress {
      case .unfinished: continue
      case .finished(let digest):
        decoded.digest = digest
        return decoded
      case .failed(let failure):
        decoded.failure = failure
        return decoded
      }
    }
  } catch {
    decoded.failure = error
    return decoded
  }
}

func decode(_ text: String, name: String = "X.csv", format: BookFormat? = nil) -> Decoded {
  decode(Array(text.utf8), name: name, format: format)
}

/// One gzip member that holds the bytes.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  deflateInit2_(
    &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: bytes.count + 1_024)
  let length = input.withUnsafeMutableBufferPointer { source in
    output.withUnsafeMutableBufferPointer { target in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(target.count)
      deflate(&stream, Z_FINISH)
      return target.count - Int(stream.avail_out)
    }
  }
  return Array(output[..<length])
}

func market(_ text: String) throws -> MarketName { try #require(MarketName(text)) }

func book(bids: [(Double, Double)], asks: [(Double, Double)]) throws -> OrderBook {
  try OrderBook(
    bids: bids.map { BookLevel(price: $0.0, size: $0.1) }, asks: asks.map { BookLevel(price: $0.0, size: $0.1) })
}
