using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FunctionalMetrics.Cli;

/// <summary>Examples below the help of a command.</summary>
internal static class Help
{
    private const string Evaluate = """
        Examples:
          the MVTec AD layout in one folder: anomaly_maps/<defect>/000.tiff, ground_truth/<defect>/000_mask.png
            fmetrics evaluate results/bottle --report bottle.html --title 'PatchCore on bottle'
          maps and masks that lie apart, of different sizes
            fmetrics evaluate --maps maps/bottle/test --masks mvtec/bottle/ground_truth --resize-masks
          any other layout: {name} is what an image is called, over one or more levels, and * is anything within a level
            fmetrics evaluate --maps 'maps/box/test/{name}.tiff' --masks 'box/ground_truth/{name}/*.png' --mask-threshold 1
          stacks of shape (N, H, W)
            fmetrics evaluate --maps maps.npy --masks masks.npy --image-scores scores.npy
          a table with text labels
            fmetrics evaluate --scores results.csv --score-column anomaly --label-column class --normal-label good --positive-label '*'
          masks of 0, 1 and 255 (void), judged at your own thresholds too
            fmetrics evaluate --maps maps --masks masks --ignore-value 255 --threshold 0.8 --pixel-threshold 0.6
          every folder in a folder is a category: a row each and their mean; then two detectors side by side
            fmetrics evaluate results/padim --categories --detector PaDiM --json padim.json --table padim.tex
            fmetrics table padim.json patchcore.json --columns image.auroc,pixel.aupro --out table.tex
          MVTec LOCO: each mask is a defect, and the data set's file says how much of it must be found
            fmetrics evaluate --maps maps/box/test --masks box/ground_truth --defects-config box/defects_config.json
          in a build: exit code 3 when it does not hold
            fmetrics evaluate results/bottle --require 'image.auroc>=0.98'
          what would be read, and why an image is anomalous, before anything is computed
            fmetrics evaluate --maps maps --masks masks --dry-run

        Exit codes: 0 done, 2 the input or the command is refused, 3 a --require does not hold (the results are written), 130 interrupted.

        Data sets (maps are your anomaly maps, the rest is the data set as it is published):
          MVTec AD
            fmetrics evaluate --maps maps/bottle/test --masks bottle/ground_truth
          MVTec AD 2
            fmetrics evaluate --maps maps/can/test_public --masks can/test_public/ground_truth
          MVTec LOCO
            fmetrics evaluate --maps 'maps/box/test/{name}.tiff' --masks 'box/ground_truth/{name}/*.png' --mask-threshold 1
          MVTec LOCO, as its paper judges it
            fmetrics evaluate --maps maps/box/test --masks box/ground_truth --defects-config box/defects_config.json
          VisA
            fmetrics evaluate --maps 'maps/candle/Data/Images/{name}.tiff' --masks 'candle/Data/Masks/{name}.png' --mask-threshold 1
          BTAD
            fmetrics evaluate --maps maps/01/test --masks 01/ground_truth
          KolektorSDD
            fmetrics evaluate --maps 'maps/kos/{name}.tiff' --masks 'KolektorSDD/{name}_label.bmp'
          KolektorSDD2
            fmetrics evaluate --maps 'maps/test/{name}.tiff' --masks 'KolektorSDD2/test/{name}_GT.png'
          Real-IAD
            fmetrics evaluate --maps 'maps/audiojack/{name}.tiff' --masks 'audiojack/{name}.png'
          DAGM
            fmetrics evaluate --maps 'maps/Class1/Test/{name}.tiff' --masks 'Class1/Test/Label/{name}_label.PNG' --unmasked normal
          a CSV of pandas (frame.to_csv)
            fmetrics evaluate --scores frame.csv --score-column anomaly --label-column class --normal-label good --positive-label '*'
          predictions of anomalib, each anomaly_map saved as predictions/<defect>/000.tiff
            fmetrics evaluate --maps predictions --masks bottle/ground_truth --resize-masks

        """;

    public static void ShowExamples(RootCommand root)
    {
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { Action: HelpAction usual } help)
            help.Action = new WithExamples(usual);
    }

    /// <summary>Whether help was asked for, and so nothing else is needed.</summary>
    public static bool IsAsked(ParseResult parsed) => parsed.Action is WithExamples;

    private sealed class WithExamples(HelpAction usual) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var exit = usual.Invoke(parseResult);
            if (parseResult.CommandResult.Command.Name == "evaluate")
                parseResult.InvocationConfiguration.Output.Write(Evaluate);
            return exit;
        }
    }
}
