using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics;

/// <summary>
/// Intervals and tests of AUROC for independent rows or images, after DeLong: <see cref="RocAreas"/> gives the formula and the sources. Values of R's pROC.
/// </summary>
public static class DeLong
{
    /// <summary>
    /// The interval of an area: A -+ z standard error, cut to [0, 1]. Undefined with fewer than two rows of a class (<see cref="TooFewToVary"/>) and where nothing varies, as in perfect separation
    /// (<see cref="NoSpread"/>).
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="level">How often the interval is to hold the true area, in (0, 1).</param>
    public static Fin<Interval> Interval(RankState rows, double level = 0.95) =>
        RocAreas.OfRows(rows).Bind(areas => areas.Interval(0, level));

    /// <summary>Always <see cref="PixelsNotIndependent"/>, which says what to use for pixels.</summary>
    public static Fin<Interval> Interval(RegionState pixels, double level = 0.95) => new PixelsNotIndependent();

    /// <summary>The area of one model less that of another on the same rows, with its paired test. Undefined with fewer than two rows of a class.</summary>
    /// <param name="rows">The rows with the scores of all models.</param>
    /// <param name="a">A model, counted from 0.</param>
    /// <param name="b">Another.</param>
    public static Fin<ModelDifference> Difference(PairedRows rows, int a = 0, int b = 1) =>
        RocAreas.OfRows(rows).Map(areas => areas.DifferenceOf(a, b));

    /// <summary>
    /// The area of one model less that of another on other rows, with the test of two independent areas: standard error sqrt(v_a + v_b), Student's t with (v_a + v_b)^2 / (v_a^2/(n_a - 1) +
    /// v_b^2/(n_b - 1)) degrees of freedom for n_a and n_b rows. Undefined with fewer than two rows of a class.
    /// </summary>
    public static Fin<ModelDifference> Unpaired(RankState a, RankState b) =>
        from one in RocAreas.OfRows(a)
        from other in RocAreas.OfRows(b)
        select Unpaired(one, other, a.Rows - 1, b.Rows - 1);

    private static ModelDifference Unpaired(RocAreas a, RocAreas b, double freedomOfA, double freedomOfB)
    {
        var (va, vb) = (a.Variance(), b.Variance());
        var freedom = va + vb == 0 ? double.PositiveInfinity : (va + vb) * (va + vb) / (va * va / freedomOfA + vb * vb / freedomOfB);
        return new(a.Area() - b.Area(), Math.Sqrt(va + vb), freedom) { Largest = 1 };
    }
}

/// <summary>Intervals and tests of AUROC for pixels, whose images are independent, after Obuchowski: <see cref="RocAreas"/> gives the formula and the source.</summary>
public static class ClusteredAuroc
{
    /// <summary>
    /// The interval of the area of pixels: ln(A/(1 - A)) -+ t standard error / (A (1 - A)), transformed back, with one degree of freedom less than the fewer images of a class. Undefined with
    /// fewer than two images that have pixels of a class (<see cref="TooFewToVary"/>), and where the area is 0 or 1 or nothing varies (<see cref="NoSpread"/>).
    /// </summary>
    /// <param name="images">The images.</param>
    /// <param name="level">How often the interval is to hold the true area, in (0, 1).</param>
    public static Fin<Interval> Interval(ImageState images, double level = 0.95) =>
        RocAreas.OfPixels(images).Bind(areas => areas.Interval(0, level));

    /// <summary>The area of one model's pixels less that of another's on the same images, with its paired test. Undefined with fewer than two images that have pixels of a class.</summary>
    /// <param name="images">The images of all models.</param>
    /// <param name="a">A model, counted from 0.</param>
    /// <param name="b">Another.</param>
    public static Fin<ModelDifference> Difference(PairedImages images, int a = 0, int b = 1) =>
        RocAreas.OfPixels(images).Map(areas => areas.DifferenceOf(a, b));
}

/// <summary>How sure areas are whose variances are known.</summary>
public static class AreaIntervals
{
    /// <summary>The interval of an area: <see cref="DeLong.Interval(RankState, double)"/> of rows, <see cref="ClusteredAuroc.Interval"/> of pixels.</summary>
    /// <param name="areas">The areas.</param>
    /// <param name="model">The model, counted from 0.</param>
    /// <param name="level">How often the interval is to hold the true area, in (0, 1).</param>
    public static Fin<Interval> Interval(this RocAreas areas, int model = 0, double level = 0.95)
    {
        if (!(level > 0 && level < 1))
            return new OutOfRange("the level of an interval", level, "(0, 1)");
        var (area, lacking, error) = (areas.Area(model), areas.Lacking(model), areas.StandardError(model));
        if (error == 0 || (areas.AreImages && (area == 0 || lacking == 0)))
            return NoSpread.OfArea(lacking == 0 ? 1 : area);
        var half = Student.Quantile(level, areas.DegreesOfFreedom) * error;
        if (!areas.AreImages)
            return new Interval(Math.Max(0, area - half), Math.Min(1, area + half));
        var (middle, reach) = (Math.Log(area) - Math.Log(lacking), half / (area * lacking));
        return new Interval(1 / (1 + Math.Exp(reach - middle)), 1 / (1 + Math.Exp(-reach - middle)));
    }

    /// <summary>The area of one model less that of another.</summary>
    /// <param name="areas">The areas.</param>
    /// <param name="a">A model, counted from 0.</param>
    /// <param name="b">Another.</param>
    public static ModelDifference DifferenceOf(this RocAreas areas, int a = 0, int b = 1) =>
        new(areas.Difference(a, b), areas.StandardErrorOfDifference(a, b), areas.DegreesOfFreedom) { Largest = 1 };
}
