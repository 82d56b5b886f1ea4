namespace FunctionalMetrics.FSharp

open System
open System.Numerics.Tensors
open FunctionalMetrics.Core

/// <summary>
/// Labelled rows. Every function checks and copies n scores, which must be finite, and n labels (true is anomalous); all that is wrong is
/// reported, with its place.
/// </summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module ScoreBatch =
    /// <summary>The batch of no rows.</summary>
    let empty: ScoreBatch = ScoreBatch.Empty

    /// <summary>A batch of float64 scores.</summary>
    let create (scores: float[]) (labels: bool[]) : Result<ScoreBatch, Fault list> = ScoreBatch.Create(scores, labels) |> Views.result

    /// <summary>A batch of float32 scores, which take half the memory.</summary>
    let create32 (scores: float32[]) (labels: bool[]) : Result<ScoreBatch, Fault list> = ScoreBatch.Create(scores, labels) |> Views.result

    /// <summary>A batch of float64 scores with labels in numbers: 0 (normal) and 1 (anomalous), nothing else.</summary>
    let createBytes (scores: float[]) (labels: byte[]) : Result<ScoreBatch, Fault list> = ScoreBatch.Create(scores, labels) |> Views.result

    /// <summary>A batch of rows of a float64 score and a label.</summary>
    let ofSeq (rows: seq<float * bool>) : Result<ScoreBatch, Fault list> = rows |> Array.ofSeq |> Array.unzip ||> create

    /// <summary>A batch of rows of a float32 score and a label.</summary>
    let ofSeq32 (rows: seq<float32 * bool>) : Result<ScoreBatch, Fault list> = rows |> Array.ofSeq |> Array.unzip ||> create32

    /// <summary>A batch of float64 scores in memory of any kind.</summary>
    let ofMemory (scores: ReadOnlyMemory<float>) (labels: ReadOnlyMemory<bool>) : Result<ScoreBatch, Fault list> =
        ScoreBatch.Create(scores, labels) |> Views.result

    /// <summary>A batch of float32 scores in memory of any kind.</summary>
    let ofMemory32 (scores: ReadOnlyMemory<float32>) (labels: ReadOnlyMemory<bool>) : Result<ScoreBatch, Fault list> =
        ScoreBatch.Create(scores, labels) |> Views.result

    /// <summary>A batch of float64 tensors of shape (n).</summary>
    let ofTensorSpan (scores: ReadOnlyTensorSpan<float>) (labels: ReadOnlyTensorSpan<bool>) : Result<ScoreBatch, Fault list> =
        Views.both (Views.row "scores" scores) (Views.row "labels" labels) |> Result.bind (fun (scores, labels) -> create scores labels)

    /// <summary>A batch of float32 tensors of shape (n).</summary>
    let ofTensorSpan32 (scores: ReadOnlyTensorSpan<float32>) (labels: ReadOnlyTensorSpan<bool>) : Result<ScoreBatch, Fault list> =
        Views.both (Views.row "scores" scores) (Views.row "labels" labels) |> Result.bind (fun (scores, labels) -> create32 scores labels)

    /// <summary>A batch of float64 tensors of shape (n).</summary>
    let ofTensor (scores: Tensor<float>) (labels: Tensor<bool>) : Result<ScoreBatch, Fault list> =
        ofTensorSpan (scores.AsReadOnlyTensorSpan()) (labels.AsReadOnlyTensorSpan())

    /// <summary>A batch of float32 tensors of shape (n).</summary>
    let ofTensor32 (scores: Tensor<float32>) (labels: Tensor<bool>) : Result<ScoreBatch, Fault list> =
        ofTensorSpan32 (scores.AsReadOnlyTensorSpan()) (labels.AsReadOnlyTensorSpan())

/// <summary>Rows without labels. Every function checks and copies scores, which must be finite.</summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Scores =
    /// <summary>The batch of no scores.</summary>
    let empty: Scores = Scores.Empty

    /// <summary>A batch of float64 scores.</summary>
    let create (scores: float[]) : Result<Scores, Fault list> = Scores.Create scores |> Views.result

    /// <summary>A batch of float32 scores, which take half the memory.</summary>
    let create32 (scores: float32[]) : Result<Scores, Fault list> = Scores.Create scores |> Views.result

    /// <summary>A batch of float64 scores.</summary>
    let ofSeq (scores: seq<float>) : Result<Scores, Fault list> = scores |> Array.ofSeq |> create

    /// <summary>A batch of float32 scores.</summary>
    let ofSeq32 (scores: seq<float32>) : Result<Scores, Fault list> = scores |> Array.ofSeq |> create32

    /// <summary>A batch of float64 scores in memory of any kind.</summary>
    let ofMemory (scores: ReadOnlyMemory<float>) : Result<Scores, Fault list> = Scores.Create scores |> Views.result

    /// <summary>A batch of float32 scores in memory of any kind.</summary>
    let ofMemory32 (scores: ReadOnlyMemory<float32>) : Result<Scores, Fault list> = Scores.Create scores |> Views.result

    /// <summary>A batch of a float64 tensor of shape (n).</summary>
    let ofTensor (scores: Tensor<float>) : Result<Scores, Fault list> =
        Views.row "scores" (scores.AsReadOnlyTensorSpan()) |> Result.bind create

    /// <summary>A batch of a float32 tensor of shape (n).</summary>
    let ofTensor32 (scores: Tensor<float32>) : Result<Scores, Fault list> =
        Views.row "scores" (scores.AsReadOnlyTensorSpan()) |> Result.bind create32

/// <summary>
/// Maps with masks. Every function checks and copies N x H x W scores, which must be finite, and as many labels (true is anomalous); all that
/// is wrong is reported, with its place. Batches of one evaluation need not share a shape.
/// </summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module MapBatch =
    /// <summary>A batch of float64 maps of shape (N, H, W).</summary>
    let create (maps: float[,,]) (masks: bool[,,]) : Result<MapBatch, Fault list> = MapBatch.Create(maps, masks) |> Views.result

    /// <summary>A batch of float32 maps of shape (N, H, W), which take half the memory.</summary>
    let create32 (maps: float32[,,]) (masks: bool[,,]) : Result<MapBatch, Fault list> = MapBatch.Create(maps, masks) |> Views.result

    /// <summary>A batch of float64 maps of shape (N, H, W) with masks in numbers: 0 (normal) and 1 (anomalous), nothing else.</summary>
    let createBytes (maps: float[,,]) (masks: byte[,,]) : Result<MapBatch, Fault list> = MapBatch.Create(maps, masks) |> Views.result

    /// <summary>A batch of one float64 map of shape (H, W).</summary>
    let ofArray2D (map: float[,]) (mask: bool[,]) : Result<MapBatch, Fault list> =
        let maps: ReadOnlySpan<float> = Views.flat map
        let masks: ReadOnlySpan<bool> = Views.flat mask

        MapBatch.Create(MapValues(maps, Views.shape map), MaskValues(masks, Views.shape mask)) |> Views.result

    /// <summary>A batch of one float32 map of shape (H, W).</summary>
    let ofArray2D32 (map: float32[,]) (mask: bool[,]) : Result<MapBatch, Fault list> =
        let maps: ReadOnlySpan<float32> = Views.flat map
        let masks: ReadOnlySpan<bool> = Views.flat mask

        MapBatch.Create(MapValues(maps, Views.shape map), MaskValues(masks, Views.shape mask)) |> Views.result

    /// <summary>A batch of float64 maps in memory of any kind, image by image and row by row.</summary>
    let ofMemory (shape: MapShape) (maps: ReadOnlyMemory<float>) (masks: ReadOnlyMemory<bool>) : Result<MapBatch, Fault list> =
        MapBatch.Create(maps, masks, shape) |> Views.result

    /// <summary>A batch of float32 maps in memory of any kind, image by image and row by row.</summary>
    let ofMemory32 (shape: MapShape) (maps: ReadOnlyMemory<float32>) (masks: ReadOnlyMemory<bool>) : Result<MapBatch, Fault list> =
        MapBatch.Create(maps, masks, shape) |> Views.result

    /// <summary>A batch of pixels of a float64 score and a label, image by image and row by row.</summary>
    let ofSeq (shape: MapShape) (pixels: seq<float * bool>) : Result<MapBatch, Fault list> =
        let maps, masks = pixels |> Array.ofSeq |> Array.unzip
        MapBatch.Create(maps, masks, shape) |> Views.result

    /// <summary>A batch of pixels of a float32 score and a label, image by image and row by row.</summary>
    let ofSeq32 (shape: MapShape) (pixels: seq<float32 * bool>) : Result<MapBatch, Fault list> =
        let maps, masks = pixels |> Array.ofSeq |> Array.unzip
        MapBatch.Create(maps, masks, shape) |> Views.result

    /// <summary>A batch of float64 tensors of shape (H, W), (N, H, W) or (N, 1, H, W).</summary>
    let ofTensorSpan (maps: ReadOnlyTensorSpan<float>) (masks: ReadOnlyTensorSpan<bool>) : Result<MapBatch, Fault list> =
        Views.both (Views.images "maps" maps) (Views.images "masks" masks)
        |> Result.bind (fun ((maps, shape), (masks, maskShape)) ->
            MapBatch.Create(MapValues(maps, shape), MaskValues(masks, maskShape)) |> Views.result)

    /// <summary>A batch of float32 tensors of shape (H, W), (N, H, W) or (N, 1, H, W).</summary>
    let ofTensorSpan32 (maps: ReadOnlyTensorSpan<float32>) (masks: ReadOnlyTensorSpan<bool>) : Result<MapBatch, Fault list> =
        Views.both (Views.images "maps" maps) (Views.images "masks" masks)
        |> Result.bind (fun ((maps, shape), (masks, maskShape)) ->
            MapBatch.Create(MapValues(maps, shape), MaskValues(masks, maskShape)) |> Views.result)

    /// <summary>A batch of float64 tensors of shape (H, W), (N, H, W) or (N, 1, H, W).</summary>
    let ofTensor (maps: Tensor<float>) (masks: Tensor<bool>) : Result<MapBatch, Fault list> =
        ofTensorSpan (maps.AsReadOnlyTensorSpan()) (masks.AsReadOnlyTensorSpan())

    /// <summary>A batch of float32 tensors of shape (H, W), (N, H, W) or (N, 1, H, W).</summary>
    let ofTensor32 (maps: Tensor<float32>) (masks: Tensor<bool>) : Result<MapBatch, Fault list> =
        ofTensorSpan32 (maps.AsReadOnlyTensorSpan()) (masks.AsReadOnlyTensorSpan())

    // Values, not functions: a fold is told apart by the function value it went through, and these are always the same ones.

    /// <summary>One row for each image: its largest score, and whether it has an anomalous pixel. For <c>Fold.premap</c>.</summary>
    let images: MapBatch -> ScoreBatch = id (fun batch -> batch.Images)

    /// <summary>All pixels as labelled rows. For <c>Fold.premap</c>; the metrics' own <c>pixels</c> share a state with AUPRO, this does not.</summary>
    let pixels: MapBatch -> ScoreBatch = id (fun batch -> batch.Pixels)

    /// <summary>The maps without their masks. For <c>Fold.premap</c>.</summary>
    let maps: MapBatch -> Maps = id (fun batch -> batch.Maps)

/// <summary>Maps without masks. Every function checks and copies N x H x W scores, which must be finite.</summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Maps =
    /// <summary>A batch of float64 maps of shape (N, H, W).</summary>
    let create (maps: float[,,]) : Result<Maps, Fault list> = Maps.Create maps |> Views.result

    /// <summary>A batch of float32 maps of shape (N, H, W), which take half the memory.</summary>
    let create32 (maps: float32[,,]) : Result<Maps, Fault list> = Maps.Create maps |> Views.result

    /// <summary>A batch of one float64 map of shape (H, W).</summary>
    let ofArray2D (map: float[,]) : Result<Maps, Fault list> =
        let maps: ReadOnlySpan<float> = Views.flat map
        Maps.Create(maps, Views.shape map) |> Views.result

    /// <summary>A batch of one float32 map of shape (H, W).</summary>
    let ofArray2D32 (map: float32[,]) : Result<Maps, Fault list> =
        let maps: ReadOnlySpan<float32> = Views.flat map
        Maps.Create(maps, Views.shape map) |> Views.result

    /// <summary>A batch of float64 maps in memory of any kind, image by image and row by row.</summary>
    let ofMemory (shape: MapShape) (maps: ReadOnlyMemory<float>) : Result<Maps, Fault list> = Maps.Create(maps, shape) |> Views.result

    /// <summary>A batch of float32 maps in memory of any kind, image by image and row by row.</summary>
    let ofMemory32 (shape: MapShape) (maps: ReadOnlyMemory<float32>) : Result<Maps, Fault list> = Maps.Create(maps, shape) |> Views.result

    /// <summary>A batch of float64 pixels, image by image and row by row.</summary>
    let ofSeq (shape: MapShape) (pixels: seq<float>) : Result<Maps, Fault list> =
        let maps: float[] = Array.ofSeq pixels
        Maps.Create(maps, shape) |> Views.result

    /// <summary>A batch of a float64 tensor of shape (H, W), (N, H, W) or (N, 1, H, W).</summary>
    let ofTensor (maps: Tensor<float>) : Result<Maps, Fault list> =
        Views.images "maps" (maps.AsReadOnlyTensorSpan()) |> Result.bind (fun (maps, shape) -> Maps.Create(maps, shape) |> Views.result)

    /// <summary>A batch of a float32 tensor of shape (H, W), (N, H, W) or (N, 1, H, W).</summary>
    let ofTensor32 (maps: Tensor<float32>) : Result<Maps, Fault list> =
        Views.images "maps" (maps.AsReadOnlyTensorSpan()) |> Result.bind (fun (maps, shape) -> Maps.Create(maps, shape) |> Views.result)
