internal import Parallelism

/// Histograms that are used again, so that memory is bounded by the number of nodes that can still be split.
struct HistogramShelf {
  private let size: Int
  private var histograms: [SharedMemory<SIMD2<Int64>>] = []
  private var free: [Int] = []

  /// A shelf of histograms of `columns` columns.
  init(columns: Int) { size = columns * Histogram.stride }

  /// The first place of a histogram.
  subscript(number: Int) -> UnsafeMutablePointer<SIMD2<Int64>> { histograms[number].base }

  /// The number of a histogram that nobody uses; its places hold anything.
  mutating func take() -> Int {
    if let number = free.popLast() { return number }
    histograms.append(SharedMemory(count: size, repeating: .zero))
    return histograms.count - 1
  }

  /// Gives a histogram back.
  mutating func giveBack(_ number: Int?) {
    if let number { free.append(number) }
  }
}
