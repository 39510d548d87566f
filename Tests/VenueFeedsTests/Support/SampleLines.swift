import MarketData
import Markets
import VenueFeeds

/// A short stream in each venue's format, written for these tests: a snapshot, changes, and what comes beside them.
enum SampleLines {
  static func lines(of venue: Venue) -> [String] {
    switch venue {
    case .binanceSpot: binanceSpot
    case .binanceFutures: binanceFutures
    case .bybit: bybit
    case .okx: okx
    case .coinbase: coinbase
    case .kraken: kraken
    case .krakenFutures: krakenFutures
    case .deribit: deribit
    case .dydx: dydx
    case .hyperliquid: hyperliquid
    case .bitmex: bitmex
    case .tardisIncremental: tardis
    case .lobster: lobster
    }
  }

  static let binanceSpot = [
    #"1700000000000000001 {"stream":"abcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000000,"s":"ABCUSDT","U":90,"u":99,"b":[["9.90","7.0"]],"a":[]}}"#,
    #"1700000000000000002 {"stream":"abcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000100,"s":"ABCUSDT","U":100,"u":103,"b":[["10.00","1.5"]],"a":[["10.02","0.0"]]}}"#,
    #"https://api.example/depth?symbol=ABCUSDT&limit=1000 -> 1700000000.000000003: {"lastUpdateId":101,"bids":[["10.00","1.0"],["9.99","2.0"]],"asks":[["10.01","3.0"],["10.02","4.0"]]}"#,
    #"1700000000000000004 {"stream":"abcusdt@depth@100ms","data":{"a":[["10.03","5.0"]],"b":[],"u":104,"U":104,"s":"ABCUSDT","E":1700000000200,"e":"depthUpdate"}}"#,
    #"1700000000000000005 {"stream":"abcusdt@bookTicker","data":{"u":104,"s":"ABCUSDT","b":"10.00","B":"1.5","a":"10.01","A":"3.0"}}"#,
    #"1700000000000000006 {"stream":"abcusdt@trade","data":{"e":"trade","E":1700000000300,"s":"ABCUSDT","t":5,"p":"10.01","q":"0.5","T":1700000000299,"m":false,"M":true}}"#,
    #"1700000000000000007 {"stream":"abcusdt@kline_1m","data":{"e":"kline","E":1700000000301,"s":"ABCUSDT","k":{"i":"1m","x":false}}}"#,
    #"1700000000000000008 {"result":null,"id":1}"#,
  ]

  static let binanceFutures = [
    #"1700000000000000001 {"lastUpdateId":200,"E":1700000000000,"T":1700000000000,"bids":[["100.0","1"]],"asks":[["100.5","2"]]}"#,
    #"1700000000000000002 {"e":"depthUpdate","E":1700000000100,"T":1700000000099,"s":"ABCUSDT","U":195,"u":205,"pu":190,"b":[["99.5","3"]],"a":[]}"#,
    #"1700000000000000003 {"e":"depthUpdate","E":1700000000200,"T":1700000000199,"s":"ABCUSDT","U":208,"u":210,"pu":205,"b":[],"a":[["100.5","0"],["101.0","4"]]}"#,
    #"1700000000000000004 {"e":"markPriceUpdate","E":1700000000300,"s":"ABCUSDT","p":"100.2","i":"100.1","P":"100.0","r":"0.0001","T":1700028800000}"#,
    #"1700000000000000005 {"e":"forceOrder","E":1700000000400,"o":{"s":"ABCUSDT","S":"SELL","o":"LIMIT","f":"IOC","q":"2","p":"99.0","ap":"99.4","X":"FILLED","l":"2","z":"2","T":1700000000399}}"#,
    #"1700000000000000006 {"openInterest":"12345.6","symbol":"ABCUSDT","time":1700000000500}"#,
    #"1700000000000000007 {"e":"trade","E":1700000000600,"T":1700000000600,"s":"ABCUSDT","t":9,"p":"0","q":"0","X":"NA","m":true}"#,
  ]

  static let bybit = [
    #"{"topic":"orderbook.50.ABCUSDT","type":"snapshot","ts":1700000000000,"data":{"s":"ABCUSDT","b":[["10.0","1"],["9.5","2"]],"a":[["10.5","3"]],"u":500,"seq":7}}"#,
    #"{"topic":"orderbook.50.ABCUSDT","type":"delta","ts":1700000000020,"data":{"s":"ABCUSDT","b":[["10.0","0"]],"a":[["10.4","1"]],"u":501,"seq":9}}"#,
    #"{"topic":"publicTrade.ABCUSDT","type":"snapshot","ts":1700000000021,"data":[{"T":1700000000020,"s":"ABCUSDT","S":"Sell","v":"0.1","p":"9.5","i":"x","BT":false}]}"#,
    #"{"topic":"tickers.ABCUSDT","type":"delta","ts":1700000000022,"data":{"symbol":"ABCUSDT","markPrice":"9.9","indexPrice":"9.8","openInterest":"77","fundingRate":"-0.0001"}}"#,
    #"{"topic":"allLiquidation.ABCUSDT","type":"snapshot","ts":1700000000023,"data":[{"T":1700000000022,"s":"ABCUSDT","S":"Buy","v":"4","p":"9.4"}]}"#,
    #"{"success":true,"ret_msg":"","op":"subscribe"}"#,
  ]

  static let okx = [
    #"{"arg":{"channel":"books","instId":"ABC-USDT"},"action":"snapshot","data":[{"asks":[["100.2","1.5","0","1"],["100.25","3","0","2"]],"bids":[["100.1","2","0","1"],["100","0.50","0","1"]],"ts":"1700000000000","checksum":-1965477844,"prevSeqId":-1,"seqId":10}]}"#,
    #"{"arg":{"channel":"books","instId":"ABC-USDT"},"action":"update","data":[{"asks":[["100.2","0","0","0"]],"bids":[["100.1","2.25","0","1"],["0.05","7","0","1"]],"ts":"1700000000100","checksum":-1850637592,"prevSeqId":10,"seqId":15}]}"#,
    #"{"arg":{"channel":"books","instId":"ABC-USDT"},"action":"update","data":[{"asks":[],"bids":[],"ts":"1700000000200","checksum":-1850637592,"prevSeqId":15,"seqId":15}]}"#,
    #"{"arg":{"channel":"trades","instId":"ABC-USDT"},"data":[{"instId":"ABC-USDT","tradeId":"1","px":"100.2","sz":"1","side":"buy","ts":"1700000000300"}]}"#,
    #"{"arg":{"channel":"mark-price","instId":"ABC-USDT"},"data":[{"instId":"ABC-USDT","instType":"SWAP","markPx":"100.15","ts":"1700000000400"}]}"#,
    #"{"arg":{"channel":"liquidation-orders","instType":"SWAP"},"data":[{"details":[{"bkPx":"99","side":"sell","posSide":"long","sz":"3","ts":"1700000000500"}],"instId":"ABC-USDT"}]}"#,
    #"{"event":"subscribe","arg":{"channel":"books","instId":"ABC-USDT"}}"#,
  ]

  static let coinbase = [
    #"{"type":"snapshot","product_id":"ABC-USD","bids":[["10.00","1"],["9.99","2"]],"asks":[["10.01","3"]],"time":"2023-11-14T22:13:20Z"}"#,
    #"{"type":"l2update","product_id":"ABC-USD","changes":[["buy","10.00","0"],["sell","10.02","4"]],"time":"2023-11-14T22:13:20.1Z"}"#,
    #"{"type":"match","trade_id":1,"side":"sell","size":"0.5","price":"10.01","product_id":"ABC-USD","sequence":3,"time":"2023-11-14T22:13:20.2Z"}"#,
    #"{"type":"subscriptions","channels":[]}"#,
  ]

  static let coinbaseAdvanced = [
    #"{"channel":"l2_data","client_id":"","timestamp":"2023-11-14T22:13:20Z","sequence_num":0,"events":[{"type":"snapshot","product_id":"ABC-USD","updates":[{"side":"bid","event_time":"2023-11-14T22:13:20Z","price_level":"10.00","new_quantity":"1"},{"side":"offer","event_time":"2023-11-14T22:13:20Z","price_level":"10.01","new_quantity":"3"}]}]}"#,
    #"{"channel":"heartbeats","client_id":"","timestamp":"2023-11-14T22:13:21Z","sequence_num":1,"events":[{"heartbeat_counter":"1"}]}"#,
    #"{"channel":"l2_data","client_id":"","timestamp":"2023-11-14T22:13:22Z","sequence_num":2,"events":[{"type":"update","product_id":"ABC-USD","updates":[{"side":"offer","event_time":"2023-11-14T22:13:22Z","price_level":"10.01","new_quantity":"0"}]}]}"#,
  ]

  static let kraken = [
    #"{"method":"subscribe","result":{"channel":"book","depth":10,"snapshot":true,"symbol":"ABC/USD"},"success":true}"#,
    #"{"channel":"book","type":"snapshot","data":[{"symbol":"ABC/USD","bids":[{"price":101.5,"qty":0.10000000},{"price":101.0,"qty":2.00000000}],"asks":[{"price":102.0,"qty":0.00500000},{"price":103.5,"qty":1.00000000}],"checksum":497080174,"timestamp":"2023-11-14T22:13:20Z"}]}"#,
    #"{"channel":"book","type":"update","data":[{"symbol":"ABC/USD","bids":[{"price":101.5,"qty":0.25000000}],"asks":[{"price":102.0,"qty":0}],"checksum":2006322958,"timestamp":"2023-11-14T22:13:20.5Z"}]}"#,
    #"{"channel":"trade","type":"update","data":[{"symbol":"ABC/USD","side":"sell","qty":0.5,"price":101.5,"ord_type":"market","trade_id":1,"timestamp":"2023-11-14T22:13:21Z"}]}"#,
    #"1700000002.5: [42,["101.5","103.5","1700000002.400000","0.25","1.0"],"spread","ABC/USD"]"#,
    #"1700000003.5: [42,[["101.5","0.2","1700000003.400000","s","l",""]],"trade","ABC/USD"]"#,
    #"{"channel":"heartbeat"}"#,
  ]

  static let krakenFutures = [
    #"{"feed":"book_snapshot","product_id":"PI_ABCUSD","timestamp":1700000000000,"seq":30,"tickSize":null,"bids":[{"price":10.5,"qty":100.0}],"asks":[{"price":11.0,"qty":200.0}]}"#,
    #"{"feed":"book","product_id":"PI_ABCUSD","side":"buy","seq":31,"price":10.0,"qty":50.0,"timestamp":1700000000100}"#,
    #"{"feed":"book","product_id":"PI_ABCUSD","side":"sell","seq":32,"price":11.0,"qty":0.0,"timestamp":1700000000200}"#,
    #"{"feed":"trade","product_id":"PI_ABCUSD","uid":"u","side":"sell","type":"liquidation","seq":3,"time":1700000000300,"qty":5.0,"price":10.5}"#,
    #"{"feed":"ticker","product_id":"PI_ABCUSD","time":1700000000400,"bid":10.5,"bid_size":100.0,"ask":11.0,"ask_size":200.0,"markPrice":10.7,"index":10.6,"openInterest":900.0,"relative_funding_rate":0.00001}"#,
    #"{"event":"subscribed","feed":"book","product_ids":["PI_ABCUSD"]}"#,
  ]

  static let deribit = [
    #"{"jsonrpc":"2.0","method":"subscription","params":{"channel":"book.ABC-PERPETUAL.raw","data":{"type":"snapshot","timestamp":1700000000000,"instrument_name":"ABC-PERPETUAL","change_id":70,"bids":[["new",10.5,40.0],["new",10.0,60.0]],"asks":[["new",11.0,20.0]]}}}"#,
    #"{"jsonrpc":"2.0","method":"subscription","params":{"channel":"book.ABC-PERPETUAL.raw","data":{"type":"change","timestamp":1700000000100,"prev_change_id":70,"instrument_name":"ABC-PERPETUAL","change_id":74,"bids":[["delete",10.0,0.0],["change",10.5,45.0]],"asks":[["new",11.5,5.0]]}}}"#,
    #"{"jsonrpc":"2.0","method":"subscription","params":{"channel":"trades.ABC-PERPETUAL.raw","data":[{"trade_id":"1","timestamp":1700000000200,"price":10.5,"instrument_name":"ABC-PERPETUAL","direction":"sell","amount":10.0,"liquidation":"T"}]}}"#,
    #"{"jsonrpc":"2.0","method":"subscription","params":{"channel":"ticker.ABC-PERPETUAL.raw","data":{"timestamp":1700000000300,"instrument_name":"ABC-PERPETUAL","mark_price":10.7,"index_price":10.6,"open_interest":5000,"current_funding":0.0001,"best_bid_price":10.5,"best_bid_amount":45.0,"best_ask_price":11.0,"best_ask_amount":20.0}}}"#,
    #"{"jsonrpc":"2.0","id":1,"result":["book.ABC-PERPETUAL.raw"]}"#,
  ]

  static let dydx = [
    #"1700000000000000000 {"type":"connected","connection_id":"c","message_id":0}"#,
    #"1700000000000000001 {"type":"subscribed","connection_id":"c","message_id":1,"channel":"v4_orderbook","id":"ABC-USD","contents":{"bids":[{"price":"10","size":"1"}],"asks":[{"price":"11","size":"2"}]}}"#,
    #"1700000000000000002 {"type":"channel_data","connection_id":"c","message_id":2,"id":"ABC-USD","channel":"v4_orderbook","version":"1.0.0","contents":{"asks":[["11","0"],["10.5","3"]]}}"#,
    #"1700000000000000003 {"type":"channel_batch_data","connection_id":"c","message_id":3,"id":"ABC-USD","channel":"v4_orderbook","version":"1.0.0","contents":[{"bids":[["9","4"]]},{"bids":[["10","0"]]}]}"#,
    #"1700000000000000004 {"type":"channel_data","connection_id":"c","message_id":4,"id":"ABC-USD","channel":"v4_trades","contents":{"trades":[{"id":"1","size":"2","price":"10.5","side":"BUY","createdAt":"2023-11-14T22:13:20Z","type":"LIQUIDATED"}]}}"#,
    #"1700000000000000005 {"type":"channel_data","connection_id":"c","message_id":5,"channel":"v4_markets","contents":{"trading":{"ABC-USD":{"openInterest":"500","nextFundingRate":"0.00001"}},"oraclePrices":{"ABC-USD":{"oraclePrice":"10.4","effectiveAt":"2023-11-14T22:13:20Z"}}}}"#,
  ]

  static let hyperliquid = [
    #"{"channel":"l2Book","data":{"coin":"ABC","time":1700000000000,"levels":[[{"px":"10.5","sz":"1","n":2}],[{"px":"11.0","sz":"2","n":1},{"px":"12.0","sz":"3","n":1}]]}}"#,
    #"{"channel":"trades","data":[{"coin":"ABC","side":"A","px":"10.5","sz":"0.5","time":1700000000100,"hash":"0x","tid":1}]}"#,
    #"{"channel":"bbo","data":{"coin":"ABC","time":1700000000200,"bbo":[{"px":"10.5","sz":"0.5","n":1},null]}}"#,
    #"{"channel":"activeAssetCtx","data":{"coin":"ABC","ctx":{"funding":"0.0000125","openInterest":"70","oraclePx":"10.6","markPx":"10.7"}}}"#,
    #"{"channel":"pong"}"#,
  ]

  static let bitmex = [
    #"{"table":"orderBookL2","action":"partial","keys":["symbol"],"filter":{"symbol":"ABCUSD"},"data":[{"symbol":"ABCUSD","id":1,"side":"Sell","size":20,"price":11,"timestamp":"2023-11-14T22:13:20Z"},{"symbol":"ABCUSD","id":2,"side":"Buy","size":10,"price":10.5,"timestamp":"2023-11-14T22:13:20Z"}]}"#,
    #"{"table":"orderBookL2","action":"insert","data":[{"symbol":"ABCUSD","id":3,"side":"Buy","size":5,"price":10,"timestamp":"2023-11-14T22:13:21Z"}]}"#,
    #"{"table":"orderBookL2","action":"update","data":[{"symbol":"ABCUSD","id":2,"side":"Buy","size":12,"timestamp":"2023-11-14T22:13:22Z"}]}"#,
    #"{"table":"orderBookL2","action":"delete","data":[{"symbol":"ABCUSD","id":3,"side":"Buy","timestamp":"2023-11-14T22:13:23Z"}]}"#,
    #"{"table":"trade","action":"insert","data":[{"timestamp":"2023-11-14T22:13:24Z","symbol":"ABCUSD","side":"Buy","size":3,"price":11}]}"#,
    #"{"table":"quote","action":"insert","data":[{"timestamp":"2023-11-14T22:13:25Z","symbol":"ABCUSD","bidSize":12,"bidPrice":10.5,"askPrice":11,"askSize":20}]}"#,
    #"{"table":"instrument","action":"update","data":[{"symbol":"ABCUSD","markPrice":10.8,"openInterest":4000,"timestamp":"2023-11-14T22:13:26Z"}]}"#,
    #"{"table":"liquidation","action":"insert","data":[{"orderID":"o","symbol":"ABCUSD","side":"Sell","price":10.1,"leavesQty":7}]}"#,
    #"{"info":"Welcome","version":"2"}"#,
  ]

  static let tardis = [
    "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount",
    "venue,ABC,1700000000000000,1700000000000100,true,ask,11,2",
    "venue,ABC,1700000000000000,1700000000000100,true,bid,10.5,1",
    "venue,ABC,1700000000100000,1700000000100100,false,bid,10,4",
    "venue,ABC,1700000000100000,1700000000100100,false,ask,11,0",
    "venue,ABC,1700000000200000,1700000000200100,true,ask,12,3",
  ]

  static let lobster = [
    "34200.000000001,1,7,100,105000,1,110000,200,105000,100,120000,50,-9999999999,0",
    "34200.5,4,7,40,105000,1,110000,200,105000,60,120000,50,-9999999999,0",
  ]

  /// What the caller must tell a feed about these lines.
  static func configuration(of venue: Venue) -> VenueFeed.Configuration {
    var configuration = VenueFeed.Configuration()
    if venue == .lobster || venue == .binanceFutures { configuration.market = MarketName("ABCUSDT") }
    configuration.midnight = Timestamp("2023-11-14T05:00:00Z")
    return configuration
  }

  /// What a feed says of lines, in order.
  static func events(of venue: Venue, _ lines: [String]) -> [VenueEvent] {
    var feed = VenueFeed(venue, configuration: configuration(of: venue))
    return lines.flatMap { feed.read(Array($0.utf8)) } + feed.finish()
  }

  /// What a feed says of the venue's sample.
  static func events(of venue: Venue) -> [VenueEvent] { events(of: venue, lines(of: venue)) }
}

extension [VenueEvent] {
  /// The books, each as `bids | asks` with `price x size` best first.
  var books: [String] {
    compactMap { event in
      guard case .book(let snapshot) = event else { return nil }
      func words(_ levels: [BookLevel]) -> String { levels.map { "\($0.price)x\($0.size)" }.joined(separator: " ") }
      return "\(words(snapshot.book.bids)) | \(words(snapshot.book.asks))"
    }
  }

  /// Why books ended.
  var losses: [InvalidBookReason] {
    compactMap { if case .invalid(let book) = $0 { book.reason } else { nil } }
  }

  var trades: [Trade] { compactMap { if case .trade(let trade) = $0 { trade } else { nil } } }
  var quotes: [BestQuote] { compactMap { if case .quote(let quote) = $0 { quote } else { nil } } }
  var liquidations: [Liquidation] { compactMap { if case .liquidation(let order) = $0 { order } else { nil } } }

  /// The figures as `kind value`.
  var figures: [String] {
    compactMap { if case .figure(let figure) = $0 { "\(figure.kind.rawValue) \(figure.value)" } else { nil } }
  }

  var ignored: [String] { compactMap { if case .ignored(let name) = $0 { name } else { nil } } }
  var faults: [String] { compactMap { if case .rejected(let fault) = $0 { fault.field } else { nil } } }
}
