module FunctionalMetrics.FSharp.Tests.BatchTests

open System
open System.Buffers
open System.Numerics.Tensors
open FsCheck.FSharp
open FsCheck.Xunit
open FunctionalMetrics.FSharp
open Xunit

let private auroc batch = Seq.metrics Auroc.fold [ batch ] |> Result.map _.Area

let private scores = [| 0.1; 0.4; 0.35; 0.8 |]
let private labels = [| false; false; true; true |]

/// Two images of 2 x 3.
let private shape = MapShape(2, 2, 3)
let private pixels = [| 0.1; 0.2; 0.3; 0.4; 0.5; 0.9; 0.3; 0.2; 0.1; 0.7; 0.8; 0.6 |]
let private mask = pixels |> Array.map (fun score -> score > 0.45)
let private cube (values: 'T[]) = Array3D.init 2 2 3 (fun n y x -> values[6 * n + 3 * y + x])

[<Fact>]
let ``Images have names and facts, and AUPIMO tells of them in one pass with AUPRO`` () =
    let ok (result: Result<_, Problem list>) = result |> Result.defaultWith (fun problems -> failwith $"{problems}")

    let image (name: string) anomalous =
        let pixels = Array.init 400 (fun i -> if anomalous && i < 30 then 2.0 else float (i % 100) / 100.0)

        MapBatch.create (pixels, Array.init 400 (fun i -> anomalous && i < 30), MapShape(1, 20, 20))
        |> Result.bind (MapBatch.named [ name ])

    let batches = [ image "good/0" false; image "crack/1" true ] |> List.map ok

    let both =
        metrics {
            let! overlap = Aupimo.fold 0.02 0.5
            and! pro = Aupro.fold 0.3
            return overlap, pro
        }

    let overlap, pro = Seq.metrics both batches |> ok
    Assert.Equal<string option list>([ Some "crack/1" ], overlap.Images |> List.map _.Name)
    Assert.Equal(1.0, overlap.Mean)
    Assert.Equal(1.0, pro.Area)

    let given = batches[0] |> MapBatch.withImages [ "a", Some true, Some 7.5 ] |> ok
    Assert.Equal((true, 7.5), (given.ImageLabels[0], given.ImageScores[0].Value))

    match List.head batches |> MapBatch.named [ "a"; "b" ] with
    | Error [ problem ] -> Assert.Contains("2", string problem)
    | other -> failwith $"{other}"

[<Fact>]
let ``Rows from arrays, sequences, memory and tensors are the same rows`` () =
    let single = Array.map float32 scores

    let batches =
        [
            ScoreBatch.create (scores, labels)
            ScoreBatch.create (scores, [| 0uy; 0uy; 1uy; 1uy |])
            ScoreBatch.ofSeq (Seq.zip scores labels)
            ScoreBatch.ofSeq (List.ofArray scores, List.ofArray labels)
            ScoreBatch.ofSeq (Seq.ofArray scores, [ 0; 0; 1; 1 ])
            ScoreBatch.ofSeq (scores, [ 0uy; 0uy; 1uy; 1uy ])
            ScoreBatch.create (scores, [| 0; 0; 1; 1 |])
            ScoreBatch.create (ResizeArray scores, ResizeArray labels)
            ScoreBatch.create (ReadOnlyMemory scores, ReadOnlyMemory labels)
            ScoreBatch.ofTensor (Tensor.Create scores, Tensor.Create labels)
        ]

    let narrow =
        [
            ScoreBatch.create (single, labels)
            ScoreBatch.ofSeq (Seq.zip single labels)
            ScoreBatch.ofSeq (List.ofArray single, List.ofArray labels)
            ScoreBatch.ofSeq (single, [ 0; 0; 1; 1 ])
            ScoreBatch.ofSeq (single, [ 0uy; 0uy; 1uy; 1uy ])
            ScoreBatch.create (ReadOnlyMemory single, ReadOnlyMemory labels)
            ScoreBatch.ofTensor (Tensor.Create single, Tensor.Create labels)
        ]

    let state batch = Auroc.update Auroc.empty (Result.get batch)
    Assert.All(batches, (fun batch -> Assert.Equal(state batches.Head, state batch)))
    Assert.All(narrow, (fun batch -> Assert.Equal(state narrow.Head, state batch)))
    Assert.Equal(Ok 0.75, batches.Head |> Result.get |> auroc)

[<Fact>]
let ``Maps from arrays, sequences, memory and tensors are the same maps`` () =
    let single = Array.map float32 pixels
    let lengths = ReadOnlySpan [| 2n; 2n; 3n |]
    let channel = ReadOnlySpan [| 2n; 1n; 2n; 3n |]

    let batches =
        [
            MapBatch.create (cube pixels, cube mask)
            MapBatch.create (cube pixels, mask |> Array.map (fun label -> if label then 1uy else 0uy) |> cube)
            MapBatch.ofSeq (shape, Seq.zip pixels mask)
            MapBatch.create (ReadOnlyMemory pixels, ReadOnlyMemory mask, shape)
            MapBatch.ofTensor (Tensor.Create(pixels, lengths), Tensor.Create(mask, lengths))
            MapBatch.ofTensor (Tensor.Create(pixels, channel), Tensor.Create(mask, lengths))
        ]

    let narrow =
        [
            MapBatch.create (cube single, cube mask)
            MapBatch.ofSeq (shape, Seq.zip single mask)
            MapBatch.create (ReadOnlyMemory single, ReadOnlyMemory mask, shape)
            MapBatch.ofTensor (Tensor.Create(single, lengths), Tensor.Create(mask, lengths))
        ]

    let state batch = Aupro.update Aupro.empty (Result.get batch)
    Assert.All(batches, (fun batch -> Assert.Equal(state batches.Head, state batch)))
    Assert.All(narrow, (fun batch -> Assert.Equal(state narrow.Head, state batch)))
    Assert.All(batches, (fun batch -> Assert.Equal(shape, (Result.get batch).Shape)))

[<Fact>]
let ``A tensor that is a slice of another is read by its own shape`` () =
    let whole = Tensor.Create(Array.init 24 float, ReadOnlySpan [| 2n; 3n; 4n |])
    let ranges: ReadOnlySpan<NRange> = ReadOnlySpan [| NRange.All; NRange(NIndex 1n, NIndex 3n); NRange(NIndex 1n, NIndex 3n) |]
    let inner = whole.Slice ranges
    let mask = Tensor.Create(Array.create 8 false, ReadOnlySpan [| 2n; 2n; 2n |])
    let batch = MapBatch.ofTensor (inner, mask) |> Result.get
    let range = MinMax.update MinMax.empty batch.Pixels.Scores |> ExtremaState.range

    Assert.Equal(Some(5.0, 22.0), range)

[<Fact>]
let ``One image comes from two rectangular arrays`` () =
    let map = array2D [ [ 0.1; 0.9; 0.2 ]; [ 0.3; 0.8; 0.2 ] ]
    let mask = array2D [ [ false; true; false ]; [ false; true; false ] ]
    let batch = MapBatch.ofArray2D (map, mask) |> Result.get
    let narrow = MapBatch.ofArray2D (Array2D.map float32 map, mask) |> Result.get

    Assert.Equal(MapShape(1, 2, 3), batch.Shape)
    Assert.Equal<Nullable<float>>([ Nullable 0.9 ], batch.ImageScores)
    Assert.Equal(Ok 1.0, Seq.metrics (Aupro.fold 0.3) [ narrow ] |> Result.map _.Area)

[<Fact>]
let ``Ignored pixels are in no metric, whatever they come from`` () =
    let map = array2D [ [ 0.1; 0.9; 7.0 ]; [ 0.3; 0.8; 7.0 ] ]
    let mask = array2D [ [ 0uy; 255uy; 255uy ]; [ 0uy; 255uy; 0uy ] ]
    let ignore = array2D [ [ false; false; true ]; [ false; false; true ] ]
    let flat (values: 'T[,]) = values |> Seq.cast<'T> |> Array.ofSeq
    let tensor (values: 'T[]) = Tensor.Create(values, ReadOnlySpan [| 2n; 3n |])

    let batches =
        [
            MapBatch.ofArray2D (array2D [ [ 0.1; 0.9 ]; [ 0.3; 0.8 ] ], array2D [ [ false; true ]; [ false; true ] ])
            MapBatch.ofArray2D (map, mask, ignore)
            MapBatch.create (map, mask, ignore)
            MapBatch.create (flat map, flat mask, flat ignore, MapShape(1, 2, 3))
            MapBatch.ofTensor (tensor (flat map), tensor (flat mask |> Array.map (fun label -> label > 0uy)), tensor (flat ignore))
        ]

    let state batch = Aupro.update Aupro.empty (Result.get batch)
    Assert.All(batches, (fun batch -> Assert.Equal(state batches.Head, state batch)))
    Assert.All(batches, (fun batch -> Assert.Equal<Nullable<float>>([ Nullable 0.9 ], (Result.get batch).ImageScores)))

[<Fact>]
let ``An image is scored by its largest pixel or by a mean`` () =
    let batch = MapBatch.ofArray2D (array2D [ [ 1.0; 3.0; 2.0; 6.0 ] ], array2D [ [ false; false; false; true ] ]) |> Result.get
    let scoreBy how = MapBatch.imagesBy how batch |> fun images -> MinMax.update MinMax.empty images.Scores |> ExtremaState.range
    Assert.Equal(Some(6.0, 6.0), scoreBy ImageScore.max)
    Assert.Equal(Some(3.0, 3.0), scoreBy ImageScore.mean)
    Assert.Equal(Some(4.5, 4.5), ImageScore.parse "top:0.5" |> Result.get |> scoreBy)

    match ImageScore.top 2.0, ImageScore.parse "most" with
    | Error [ OutOfRange("share", 2.0, _) ], Error [ NotAnImageScore "most" ] -> ()
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``Maps without masks come from the same sources`` () =
    let batches =
        [
            Maps.create (cube pixels)
            Maps.ofSeq (shape, pixels)
            Maps.create (ReadOnlyMemory pixels, shape)
            Maps.ofTensor (Tensor.Create(pixels, ReadOnlySpan [| 2n; 2n; 3n |]))
            MapBatch.create (cube pixels, cube mask) |> Result.map MapBatch.maps
        ]

    let state batch = AnomalyScoreDistribution.OfMaps.update AnomalyScoreDistribution.OfMaps.empty (Result.get batch)
    Assert.All(batches, (fun batch -> Assert.Equal(state batches.Head, state batch)))
    Assert.Equal(MapShape(1, 1, 2), (Maps.ofArray2D (array2D [ [ 1.0; 2.0 ] ]) |> Result.get).Shape)

[<Fact>]
let ``All faults are listed, each as what it is`` () =
    match ScoreBatch.create ([| 0.5; nan; infinity |], [| 0uy; 2uy |]) with
    | Error [ LengthsDiffer(3L, 2L); NotFinite("scores", 1L, "scores[1]", score, 2L); NotALabel("labels", 1L, "labels[1]", 2.0, 1L) ] ->
        Assert.True(Double.IsNaN score)
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``Maps and masks of different shapes are a fault`` () =
    match MapBatch.create (cube pixels, Array3D.create 2 3 2 false) with
    | Error [ ShapesDiffer(maps, masks, "masks") ] -> Assert.Equal((shape, MapShape(2, 3, 2)), (maps, masks))
    | other -> Assert.Fail $"%A{other}"

    match Maps.ofSeq (MapShape(1, 0, 3), List.empty<float>) with
    | Error [ EmptyImages("maps", _) ] -> ()
    | other -> Assert.Fail $"%A{other}"

    match Maps.ofSeq (shape, [ 1.0 ]) with
    | Error [ NotOfShape("maps", _, 1L) ] -> ()
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``A tensor of a rank that cannot be maps is a fault for each argument`` () =
    match MapBatch.ofTensor (Tensor.Create pixels, Tensor.Create mask) with
    | Error [ WrongRank("maps", 1, _); WrongRank("masks", 1, allowed) ] -> Assert.Equal("(H, W), (N, H, W) or (N, 1, H, W)", allowed)
    | other -> Assert.Fail $"%A{other}"

    match ScoreBatch.ofTensor (Tensor.Create(scores, ReadOnlySpan [| 2n; 2n |]), Tensor.Create labels) with
    | Error [ WrongRank("scores", 2, "(n)") as fault ] ->
        Assert.Equal("scores have 2 dimensions; they must be of the shape (n)", fault.Reason)
    | other -> Assert.Fail $"%A{other}"

[<Property>]
let ``A batch of finite scores and labels is never refused`` (rows: (FsCheck.NormalFloat * bool)[]) =
    let rows = rows |> Array.map (fun (score, label) -> score.Get, label)
    let batch = ScoreBatch.ofSeq rows |> Result.get
    let anomalous = rows |> Array.filter snd |> Array.length
    (batch.Count, batch.Positives) = (int64 rows.Length, int64 anomalous) |> Prop.label "counts"
