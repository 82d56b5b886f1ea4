namespace FunctionalMetrics.FSharp

open System.Numerics.Tensors
open FunctionalMetrics.Core

/// <summary>
/// How batches are made, each from what a caller has. Scores are arrays, memory or spans of float, float32, Half, byte or uint16, tensors of float or
/// float32; they are checked and copied, and must be finite. Labels are bool (true is anomalous) or bytes or integers of 0 and 1, those of masks also
/// bytes of 0 and 255. All that is wrong is reported, with its place. Batches of one evaluation need not share a width or a shape.
/// </summary>
[<AutoOpen>]
module Batches =
    type FunctionalMetrics.Core.ScoreBatch with

        /// <summary>The batch of no rows.</summary>
        static member empty: ScoreBatch = ScoreBatch.Empty

        /// <summary>Labelled rows of float64 scores.</summary>
        static member create(scores: float[], labels: bool[]) : Result<ScoreBatch, Problem list> =
            ScoreBatch.Create(scores, labels) |> Convert.batch

        /// <summary>Labelled rows: n scores and n labels.</summary>
        static member create(scores: ScoreValues, labels: LabelValues) : Result<ScoreBatch, Problem list> =
            ScoreBatch.Create(scores, labels) |> Convert.batch

        /// <summary>Rows of a float64 score and a label.</summary>
        static member ofSeq(rows: seq<float * bool>) : Result<ScoreBatch, Problem list> =
            let scores, labels = rows |> Array.ofSeq |> Array.unzip
            ScoreBatch.create (scores, labels)

        /// <summary>Rows of a float32 score and a label.</summary>
        static member ofSeq(rows: seq<float32 * bool>) : Result<ScoreBatch, Problem list> =
            let scores, labels = rows |> Array.ofSeq |> Array.unzip
            ScoreBatch.create (scores, labels)

        /// <summary>Float64 scores with as many labels.</summary>
        static member ofSeq(scores: seq<float>, labels: seq<bool>) : Result<ScoreBatch, Problem list> =
            ScoreBatch.create (Array.ofSeq scores, Array.ofSeq labels)

        /// <summary>Float64 scores with as many labels 0 and 1.</summary>
        static member ofSeq(scores: seq<float>, labels: seq<int>) : Result<ScoreBatch, Problem list> =
            ScoreBatch.create (Array.ofSeq scores, Array.ofSeq labels)

        /// <summary>Float64 scores with as many labels 0 and 1.</summary>
        static member ofSeq(scores: seq<float>, labels: seq<byte>) : Result<ScoreBatch, Problem list> =
            ScoreBatch.create (Array.ofSeq scores, Array.ofSeq labels)

        /// <summary>Float32 scores with as many labels.</summary>
        static member ofSeq(scores: seq<float32>, labels: seq<bool>) : Result<ScoreBatch, Problem list> =
            ScoreBatch.create (Array.ofSeq scores, Array.ofSeq labels)

        /// <summary>Float32 scores with as many labels 0 and 1.</summary>
        static member ofSeq(scores: seq<float32>, labels: seq<int>) : Result<ScoreBatch, Problem list> =
            ScoreBatch.create (Array.ofSeq scores, Array.ofSeq labels)

        /// <summary>Float32 scores with as many labels 0 and 1.</summary>
        static member ofSeq(scores: seq<float32>, labels: seq<byte>) : Result<ScoreBatch, Problem list> =
            ScoreBatch.create (Array.ofSeq scores, Array.ofSeq labels)

        /// <summary>Tensors of shape (n), the scores in float64.</summary>
        static member ofTensor(scores: ReadOnlyTensorSpan<float>, labels: ReadOnlyTensorSpan<bool>) : Result<ScoreBatch, Problem list> =
            Views.rows scores labels |> Result.bind (fun (scores, labels) -> ScoreBatch.create (scores, labels))

        /// <summary>Tensors of shape (n), the scores in float32.</summary>
        static member ofTensor(scores: ReadOnlyTensorSpan<float32>, labels: ReadOnlyTensorSpan<bool>) : Result<ScoreBatch, Problem list> =
            Views.rows scores labels |> Result.bind (fun (scores, labels) -> ScoreBatch.create (scores, labels))

    type FunctionalMetrics.Core.Scores with

        /// <summary>The batch of no scores.</summary>
        static member empty: Scores = Scores.Empty

        /// <summary>Float64 scores without labels.</summary>
        static member create(scores: float[]) : Result<Scores, Problem list> = Scores.Create scores |> Convert.batch

        /// <summary>Rows without labels.</summary>
        static member create(scores: ScoreValues) : Result<Scores, Problem list> = Scores.Create scores |> Convert.batch

        /// <summary>Float64 scores.</summary>
        static member ofSeq(scores: seq<float>) : Result<Scores, Problem list> = Scores.create (Array.ofSeq scores)

        /// <summary>Float32 scores.</summary>
        static member ofSeq(scores: seq<float32>) : Result<Scores, Problem list> = Scores.create (Array.ofSeq scores)

        /// <summary>A tensor of shape (n), in float64.</summary>
        static member ofTensor(scores: ReadOnlyTensorSpan<float>) : Result<Scores, Problem list> =
            Views.row "scores" scores |> Result.bind (fun scores -> Scores.create scores)

        /// <summary>A tensor of shape (n), in float32.</summary>
        static member ofTensor(scores: ReadOnlyTensorSpan<float32>) : Result<Scores, Problem list> =
            Views.row "scores" scores |> Result.bind (fun scores -> Scores.create scores)

    type FunctionalMetrics.Core.MapBatch with

        /// <summary>Float64 maps with masks of shape (N, H, W).</summary>
        static member create(maps: float[,,], masks: bool[,,]) : Result<MapBatch, Problem list> =
            MapBatch.Create(maps, masks) |> Convert.batch

        /// <summary>Maps with masks of shape (N, H, W), from rectangular arrays.</summary>
        static member create(maps: MapValues, masks: MaskValues) : Result<MapBatch, Problem list> =
            MapBatch.Create(maps, masks) |> Convert.batch

        /// <summary>Float64 maps with masks and ignore masks of shape (N, H, W): pixels of these are left out of everything but the maps.</summary>
        static member create(maps: float[,,], masks: bool[,,], ignore: bool[,,]) : Result<MapBatch, Problem list> =
            MapBatch.Create(maps, masks, ignore) |> Convert.batch

        /// <summary>Maps with masks and ignore masks of shape (N, H, W): pixels of these are left out of everything but the maps.</summary>
        static member create(maps: MapValues, masks: MaskValues, ignore: MaskValues) : Result<MapBatch, Problem list> =
            MapBatch.Create(maps, masks, ignore) |> Convert.batch

        /// <summary>Float64 maps with masks of a shape, image by image and row by row.</summary>
        static member create(maps: float[], masks: bool[], shape: MapShape) : Result<MapBatch, Problem list> =
            MapBatch.Create(maps, masks, shape) |> Convert.batch

        /// <summary>Maps with masks of a shape, image by image and row by row.</summary>
        static member create(maps: ScoreValues, masks: LabelValues, shape: MapShape) : Result<MapBatch, Problem list> =
            MapBatch.Create(maps, masks, shape) |> Convert.batch

        /// <summary>Float64 maps with masks and ignore masks of a shape, image by image and row by row.</summary>
        static member create(maps: float[], masks: bool[], ignore: bool[], shape: MapShape) : Result<MapBatch, Problem list> =
            MapBatch.Create(maps, masks, ignore, shape) |> Convert.batch

        /// <summary>Maps with masks and ignore masks of a shape, image by image and row by row.</summary>
        static member create(maps: ScoreValues, masks: LabelValues, ignore: LabelValues, shape: MapShape) : Result<MapBatch, Problem list> =
            MapBatch.Create(maps, masks, ignore, shape) |> Convert.batch

        /// <summary>One float64 map of shape (H, W) with its mask.</summary>
        static member ofArray2D(map: float[,], mask: bool[,]) : Result<MapBatch, Problem list> = MapBatch.Create(map, mask) |> Convert.batch

        /// <summary>One float64 map of shape (H, W) with its mask and its ignore mask.</summary>
        static member ofArray2D(map: float[,], mask: bool[,], ignore: bool[,]) : Result<MapBatch, Problem list> =
            MapBatch.Create(map, mask, ignore) |> Convert.batch

        /// <summary>One map of shape (H, W), in float64 or float32, with its mask of bool or byte.</summary>
        static member ofArray2D(map: MapValues, mask: MaskValues) : Result<MapBatch, Problem list> = MapBatch.create (map, mask)

        /// <summary>One map of shape (H, W), in float64 or float32, with its mask and its ignore mask of bool or byte.</summary>
        static member ofArray2D(map: MapValues, mask: MaskValues, ignore: MaskValues) : Result<MapBatch, Problem list> =
            MapBatch.create (map, mask, ignore)

        /// <summary>Pixels of a float64 score and a label, image by image and row by row.</summary>
        static member ofSeq(shape: MapShape, pixels: seq<float * bool>) : Result<MapBatch, Problem list> =
            let maps, masks = pixels |> Array.ofSeq |> Array.unzip
            MapBatch.create (maps, masks, shape)

        /// <summary>Pixels of a float32 score and a label, image by image and row by row.</summary>
        static member ofSeq(shape: MapShape, pixels: seq<float32 * bool>) : Result<MapBatch, Problem list> =
            let maps, masks = pixels |> Array.ofSeq |> Array.unzip
            MapBatch.create (maps, masks, shape)

        /// <summary>Tensors of shape (H, W), (N, H, W) or (N, 1, H, W), the maps in float64.</summary>
        static member ofTensor(maps: ReadOnlyTensorSpan<float>, masks: ReadOnlyTensorSpan<bool>) : Result<MapBatch, Problem list> =
            Views.both (Views.images "maps" maps) (Views.images "masks" masks)
            |> Result.bind (fun ((maps, shape), (masks, maskShape)) ->
                MapBatch.create (MapValues(maps, shape), MaskValues(masks, maskShape)))

        /// <summary>Tensors of shape (H, W), (N, H, W) or (N, 1, H, W), the maps in float32.</summary>
        static member ofTensor(maps: ReadOnlyTensorSpan<float32>, masks: ReadOnlyTensorSpan<bool>) : Result<MapBatch, Problem list> =
            Views.both (Views.images "maps" maps) (Views.images "masks" masks)
            |> Result.bind (fun ((maps, shape), (masks, maskShape)) ->
                MapBatch.create (MapValues(maps, shape), MaskValues(masks, maskShape)))

        /// <summary>Tensors of shape (H, W), (N, H, W) or (N, 1, H, W) with ignore masks, the maps in float64.</summary>
        static member ofTensor
            (maps: ReadOnlyTensorSpan<float>, masks: ReadOnlyTensorSpan<bool>, ignore: ReadOnlyTensorSpan<bool>)
            : Result<MapBatch, Problem list> =
            Views.both (Views.images "maps" maps) (Views.both (Views.images "masks" masks) (Views.images "ignore masks" ignore))
            |> Result.bind (fun ((maps, shape), ((masks, maskShape), (ignore, ignoreShape))) ->
                MapBatch.create (MapValues(maps, shape), MaskValues(masks, maskShape), MaskValues(ignore, ignoreShape)))

        /// <summary>Tensors of shape (H, W), (N, H, W) or (N, 1, H, W) with ignore masks, the maps in float32.</summary>
        static member ofTensor
            (maps: ReadOnlyTensorSpan<float32>, masks: ReadOnlyTensorSpan<bool>, ignore: ReadOnlyTensorSpan<bool>)
            : Result<MapBatch, Problem list> =
            Views.both (Views.images "maps" maps) (Views.both (Views.images "masks" masks) (Views.images "ignore masks" ignore))
            |> Result.bind (fun ((maps, shape), ((masks, maskShape), (ignore, ignoreShape))) ->
                MapBatch.create (MapValues(maps, shape), MaskValues(masks, maskShape), MaskValues(ignore, ignoreShape)))

    type FunctionalMetrics.Core.Maps with

        /// <summary>Float64 maps without masks of shape (N, H, W).</summary>
        static member create(maps: float[,,]) : Result<Maps, Problem list> = Maps.Create maps |> Convert.batch

        /// <summary>Maps without masks of shape (N, H, W), from a rectangular array.</summary>
        static member create(maps: MapValues) : Result<Maps, Problem list> = Maps.Create maps |> Convert.batch

        /// <summary>Float64 maps without masks of a shape, image by image and row by row.</summary>
        static member create(maps: float[], shape: MapShape) : Result<Maps, Problem list> = Maps.Create(maps, shape) |> Convert.batch

        /// <summary>Maps without masks of a shape, image by image and row by row.</summary>
        static member create(maps: ScoreValues, shape: MapShape) : Result<Maps, Problem list> = Maps.Create(maps, shape) |> Convert.batch

        /// <summary>One float64 map of shape (H, W).</summary>
        static member ofArray2D(map: float[,]) : Result<Maps, Problem list> = Maps.Create map |> Convert.batch

        /// <summary>One map of shape (H, W), in float64 or float32.</summary>
        static member ofArray2D(map: MapValues) : Result<Maps, Problem list> = Maps.create map

        /// <summary>Float64 pixels, image by image and row by row.</summary>
        static member ofSeq(shape: MapShape, pixels: seq<float>) : Result<Maps, Problem list> = Maps.create (Array.ofSeq pixels, shape)

        /// <summary>Float32 pixels, image by image and row by row.</summary>
        static member ofSeq(shape: MapShape, pixels: seq<float32>) : Result<Maps, Problem list> = Maps.create (Array.ofSeq pixels, shape)

        /// <summary>A tensor of shape (H, W), (N, H, W) or (N, 1, H, W), in float64.</summary>
        static member ofTensor(maps: ReadOnlyTensorSpan<float>) : Result<Maps, Problem list> =
            Views.images "maps" maps |> Result.bind (fun (maps, shape) -> Maps.create (maps, shape))

        /// <summary>A tensor of shape (H, W), (N, H, W) or (N, 1, H, W), in float32.</summary>
        static member ofTensor(maps: ReadOnlyTensorSpan<float32>) : Result<Maps, Problem list> =
            Views.images "maps" maps |> Result.bind (fun (maps, shape) -> Maps.create (maps, shape))

    type FunctionalMetrics.Core.Defect with

        /// <summary>The defect of the first image of a batch that a mask of shape (H, W) marks.</summary>
        static member create(mask: bool[,], saturation: SaturationThreshold) : Result<Defect, Problem list> =
            Defect.Create(mask, saturation) |> Convert.batch

        /// <summary>The defect that a mask marks, and the image of the batch that it lies in, counted from 0.</summary>
        static member create(mask: MaskValues, saturation: SaturationThreshold, image: int) : Result<Defect, Problem list> =
            Defect.Create(mask, saturation, image) |> Convert.batch

    type FunctionalMetrics.Core.DefectBatch with

        /// <summary>One float64 map of shape (H, W) with its defects; none where it is normal.</summary>
        static member create(map: float[,], defects: seq<Defect>) : Result<DefectBatch, Problem list> =
            DefectBatch.Create(map, defects) |> Convert.batch

        /// <summary>Maps of shape (N, H, W), or one of (H, W), with the defects of all images.</summary>
        static member create(maps: MapValues, defects: seq<Defect>) : Result<DefectBatch, Problem list> =
            DefectBatch.Create(maps, defects) |> Convert.batch

/// <summary>What can be made of maps with masks.</summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module MapBatch =
    // Values, not functions: a fold is told apart by the function value it went through, and these are always the same ones.

    /// <summary>One row for each image: its largest score, and whether it has an anomalous pixel. For <c>Fold.premap</c>.</summary>
    let images: MapBatch -> ScoreBatch = id (fun batch -> batch.Images)

    /// <summary>The same with scores by another rule than the largest, such as the mean: a function value to be made once and kept, for <c>Fold.premap</c>.</summary>
    let imagesBy (how: ImageScore) : MapBatch -> ScoreBatch = fun batch -> batch.ImagesBy how

    /// <summary>All pixels as labelled rows. For <c>Fold.premap</c>; the metrics' own <c>pixels</c> share a state with AUPRO, this does not.</summary>
    let pixels: MapBatch -> ScoreBatch = id (fun batch -> batch.Pixels)

    /// <summary>
    /// The same maps with what is known of their images, in their order: a name, a label that wins over the mask, and a score that stands for the map; the
    /// last two come from mask and map where they are absent. What AUPIMO and tables of images tell of.
    /// </summary>
    let withImages (images: seq<string * bool option * float option>) (batch: MapBatch) : Result<MapBatch, Problem list> =
        images
        |> Seq.map (fun (name, label, score) -> ImageFacts(LanguageExt.Prelude.Some name, Convert.toOption label, Convert.toOption score))
        |> batch.WithImages
        |> Convert.batch

    /// <summary>The same maps with the names of their images, in their order.</summary>
    let named (names: seq<string>) (batch: MapBatch) : Result<MapBatch, Problem list> =
        withImages (names |> Seq.map (fun name -> name, None, None)) batch

    /// <summary>The maps without their masks. For <c>Fold.premap</c>.</summary>
    let maps: MapBatch -> Maps = id (fun batch -> batch.Maps)

/// <summary>How a map gives the score of its image: its largest pixel, the mean of all, or the mean of a share of the largest.</summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module ImageScore =
    /// <summary>The largest pixel.</summary>
    let max: ImageScore = ImageScore.Max

    /// <summary>The mean of all pixels.</summary>
    let mean: ImageScore = ImageScore.Mean

    /// <summary>The mean of a share of the largest pixels, above 0 and at most 1.</summary>
    let top (share: float) : Result<ImageScore, Problem list> = ImageScore.Top share |> Convert.result id

    /// <summary>Reads max, mean, or top and a share, such as top:0.01.</summary>
    let parse (text: string) : Result<ImageScore, Problem list> = ImageScore.Parse text |> Convert.result id
