import MarketData

/// Short recordings of each format, all books valid.
enum Samples {
  static let canonical = """
    {"time":1700000000000000000,"market":"A","bids":[[99.5,1],[99,2.25]],"asks":[[100.5,3],[101,4e-2]]}
    {"time":"2023-11-14T22:13:21Z","market":"B","asks":[["7.25","0.001"]],"bids":[]}
    {"seq":[1,{"x":null}],"asks":[],"bids":[],"market":"A","time":1700000002000000000}

    """

  static let tardis = """
    exchange,symbol,timestamp,local_timestamp,asks[0].price,asks[0].amount,bids[0].price,bids[0].amount,asks[1].price,\
    asks[1].amount,bids[1].price,bids[1].amount
    deribit,BTC,1598918403696000,1598918403810979,11657.08,1.714,11657.07,10.896,11657.54,5.4,11656.97,0.2
    deribit,BTC,1598918403888000,1598918403894256,11657.08,1.476,11657.07,10.896,,,11656.97,0.2
    deribit,BTC,1598918403930000,1598918403935479,11657.08,1.475,,,11657.54,5.4,,

    """

  static let binned = """
    ts,price,buy_qty,sell_qty
    1751716879,2425,3.39,0
    1751716879,2426,1.91,0.5
    1751716879,2427,0,422.34
    1751717000,2425,0,7
    1751717000,2424,8,0

    """

  static let all = [canonical, tardis, binned]

  static func text(of format: BookFormat) -> String {
    switch format {
    case .canonical: canonical
    case .tardis: tardis
    case .binned: binned
    }
  }
}
