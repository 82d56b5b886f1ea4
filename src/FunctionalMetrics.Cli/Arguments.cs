using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FunctionalMetrics.Cli;

/// <summary>Options that read numbers the same way whatever the machine's culture, and refuse what is out of range in one line.</summary>
internal static class Arguments
{
    public static Option<double> Number(string name, string description, double fallback, Func<double, bool> inRange, string range) =>
        new(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && inRange(value))
                    return value;
                return Refuse<double>(result, name, text, range);
            },
        };

    public static Option<int?> Whole(string name, string description, Func<int, bool> inRange, string range, string help = "N") =>
        new(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && inRange(value))
                    return value;
                return Refuse<int?>(result, name, text, range);
            },
        };

    /// <summary>A number of bytes with its unit: a power of 1000 (kB, MB, GB, TB) or of 1024 (KiB, MiB, GiB, TiB).</summary>
    public static Option<long?> Size(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "SIZE",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var number = text.TrimEnd([.. "kKmMgGtTiIbB "]);
                var unit = text[number.Length..].Trim();
                var power = unit.ToUpperInvariant() switch
                {
                    "KB" or "KIB" => 1,
                    "MB" or "MIB" => 2,
                    "GB" or "GIB" => 3,
                    "TB" or "TIB" => 4,
                    _ => 0,
                };
                var bytes =
                    power > 0
                    && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                    && count < 1_000_000
                        ? decimal.Truncate(count * (decimal)Math.Pow(unit.Length == 3 ? 1024 : 1000, power))
                        : 0;
                return bytes >= 1 ? (long)bytes : Refuse<long?>(result, name, text, "a size such as 256MB or 1GiB");
            },
        };

    public static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    public static Option<string> Text(string name, string description, string help, string fallback) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            DefaultValueFactory = _ => fallback,
        };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>What looks like an option and is none would otherwise be taken for a file or folder.</summary>
    public static void RefuseOptions(Argument argument, string command) =>
        argument.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value is ['-', ..]) is { } option)
                result.AddError($"'{option.Value}' is not an option; see fmetrics {command} --help");
        });

    private static T? Refuse<T>(ArgumentResult result, string name, string text, string range)
    {
        result.AddError($"{name} is '{text}'; it must be {range}");
        return default;
    }
}
