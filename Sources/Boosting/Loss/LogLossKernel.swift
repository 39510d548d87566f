#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// `LogLoss.terms` for many rows, four at a time, with the derivatives written as integers.
package struct LogLossKernel {
  /// The rows after which the loss is brought up to date: the product of 128 numbers up to 2 in each of four lanes is a
  /// number.
  private static let stretch = 512

  package let units: FixedPoint

  package init(units: FixedPoint) { self.units = units }

  /// Writes the derivatives of rows that all weigh 1 and returns the sum of their losses.
  ///
  /// - Precondition: There is an outcome and room for the derivatives for each score.
  package func derive(
    _ scores: UnsafeBufferPointer<Double>, outcomes: Span<Bool>, into derivatives: UnsafeMutablePointer<SIMD2<Int32>>
  ) -> Double {
    var loss = 0.0
    var start = 0
    while start < scores.count {
      let end = min(start + Self.stretch, scores.count)
      var product = SIMD4<Double>(repeating: 1)
      var misses = SIMD4<Double>.zero
      for row in stride(from: start, to: end, by: 4) {
        let terms = terms(scores, outcomes, row, end: end)
        product *= terms.product
        misses += terms.shortfall
        write(terms, weights: SIMD4(repeating: 1), to: derivatives, row, end: end)
      }
      loss += log(product.x) + log(product.y) + log(product.z) + log(product.w) + misses.sum()
      start = end
    }
    return loss
  }

  /// Writes the derivatives of weighted rows and returns the sum of their losses.
  ///
  /// - Precondition: There is an outcome, a weight and room for the derivatives for each score.
  package func derive(
    _ scores: UnsafeBufferPointer<Double>, outcomes: Span<Bool>, weights: Span<Double>,
    into derivatives: UnsafeMutablePointer<SIMD2<Int32>>
  ) -> Double {
    var loss = 0.0
    for row in stride(from: 0, to: scores.count, by: 4) {
      let terms = terms(scores, outcomes, row, end: scores.count)
      var four = SIMD4<Double>.zero
      for lane in 0..<min(4, scores.count - row) {
        four[lane] = weights[unchecked: row + lane]
        loss += four[lane] * (log(terms.product[lane]) + terms.shortfall[lane])
      }
      write(terms, weights: four, to: derivatives, row, end: scores.count)
    }
    return loss
  }

  /// The parts of four rows' losses and derivatives.
  private struct Terms {
    /// 1 + e^−|z|, whose logarithm is a part of the loss.
    let product: SIMD4<Double>
    /// The other part: by how much the log-odds fall short of zero on the side of the outcome.
    let shortfall: SIMD4<Double>
    let gradient: SIMD4<Double>
    let hessian: SIMD4<Double>
  }

  /// Rows past the end count as certain and add nothing.
  @inline(__always)
  private func terms(_ scores: UnsafeBufferPointer<Double>, _ outcomes: Span<Bool>, _ row: Int, end: Int) -> Terms {
    var score = SIMD4<Double>(repeating: 1000)
    var sign = SIMD4<Double>(repeating: 1)
    if row + 4 <= end {
      score = UnsafeRawPointer(scores.baseAddress.unsafelyUnwrapped + row).loadUnaligned(as: SIMD4<Double>.self)
      for lane in 0..<4 { sign[lane] = outcomes[unchecked: row + lane] ? 1 : -1 }
    } else {
      for lane in 0..<(end - row) {
        score[lane] = scores[row + lane]
        sign[lane] = outcomes[unchecked: row + lane] ? 1 : -1
      }
    }
    // With s = z for a positive outcome and −z for a negative one, the loss is ln(1 + e^−s).
    let support = score * sign
    let isBehind = support .< 0
    let distance = support.replacing(with: -support, where: isBehind)
    let decay = exponential(ofNonPositive: -distance)
    let product = decay + 1
    let normaliser = 1 / product
    let miss = decay.replacing(with: 1, where: isBehind) * normaliser
    return Terms(
      product: product, shortfall: distance.replacing(with: 0, where: .!isBehind), gradient: -(sign * miss),
      hessian: decay * normaliser * normaliser)
  }

  @inline(__always)
  private func write(
    _ terms: Terms, weights: SIMD4<Double>, to derivatives: UnsafeMutablePointer<SIMD2<Int32>>, _ row: Int, end: Int
  ) {
    let gradient = FixedPoint.wholeBits(terms.gradient * weights * units.gradientUnits)
    let hessian = FixedPoint.wholeBits(terms.hessian * weights * units.hessianUnits)
    for lane in 0..<min(4, end - row) {
      derivatives[row + lane] = SIMD2(
        Int32(truncatingIfNeeded: gradient[lane]), Int32(truncatingIfNeeded: hessian[lane]))
    }
  }
}
