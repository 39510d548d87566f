/// Adds Xᵀ diag(w) X of one block to the lower triangle of `gram`, column by column.
///
/// `weighted` holds the columns of the block already multiplied by the weights. Tiles of 2 × 2 columns keep their sums
/// in registers; each sum runs over the rows in a fixed order, so the bits depend on the data alone.
/// - Complexity: O(rows · columns²/2).
package func addGram(
  of block: Span<RowBlocks.Lane>, weighted: Span<RowBlocks.Lane>, columnCount: Int,
  to gram: inout MutableSpan<Double>
) {
  let lanes = RowBlocks.blockLanes
  precondition(block.count == columnCount * lanes && weighted.count == block.count, "the block must hold its columns")
  precondition(gram.count == columnCount * columnCount, "the sums must have a place for each pair of columns")
  var column = 0
  while column < columnCount {
    let right = column + 1 < columnCount ? column + 1 : column
    var row = column
    while row < columnCount {
      let below = row + 1 < columnCount ? row + 1 : row
      var (s00, s10) = (RowBlocks.Lane.zero, RowBlocks.Lane.zero)
      var (s01, s11) = (RowBlocks.Lane.zero, RowBlocks.Lane.zero)
      let (a, b) = (row * lanes, below * lanes)
      let (c, d) = (column * lanes, right * lanes)
      for lane in 0..<lanes {
        let first = weighted[unchecked: a + lane]
        let second = weighted[unchecked: b + lane]
        let left = block[unchecked: c + lane]
        let other = block[unchecked: d + lane]
        s00 += first * left
        s10 += second * left
        s01 += first * other
        s11 += second * other
      }
      gram[column * columnCount + row] += s00.sum()
      if below > row { gram[column * columnCount + below] += s10.sum() }
      if right > column {
        if row >= right { gram[right * columnCount + row] += s01.sum() }
        if below > row { gram[right * columnCount + below] += s11.sum() }
      }
      row += 2
    }
    column += 2
  }
}
