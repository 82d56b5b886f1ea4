using System.Diagnostics;

namespace FunctionalMetrics.Campaigns;

/// <summary>scikit-learn in a process of its own, which answers as long as it lives.</summary>
internal sealed class Peer : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process process;
    private readonly BinaryReader answers;
    private readonly BinaryWriter questions;

    private Peer(Process process)
    {
        this.process = process;
        answers = new(process.StandardOutput.BaseStream);
        questions = new(process.StandardInput.BaseStream);
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="InvalidOperationException">scikit-learn is not installed.</exception>
    public static Peer Start()
    {
        var start = new ProcessStartInfo(Python, ["-B", Path.Combine(AppContext.BaseDirectory, "Differential", "peer.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var peer = File.Exists(Python) ? new Peer(Process.Start(start)!) : null;
        return peer is not null && peer.answers.ReadBytes(6).AsSpan().SequenceEqual("ready\n"u8)
            ? peer
            : throw new InvalidOperationException("scikit-learn does not start; apt-get install python3-sklearn");
    }

    /// <summary>Its numbers of some rows; null where a class is missing.</summary>
    public PeerNumbers? Ask(RowSet rows)
    {
        questions.Write(rows.Scores.Length);
        questions.Write(rows.IsNarrow ? sizeof(float) : sizeof(double));
        foreach (var score in rows.Scores)
            if (rows.IsNarrow)
                questions.Write((float)score);
            else
                questions.Write(score);
        foreach (var label in rows.Labels)
            questions.Write(label);
        questions.Flush();
        var points = answers.ReadInt32();
        return points < 0 ? null : new(Numbers(1)[0], Numbers(1)[0], Numbers(1)[0], Numbers(1)[0], Numbers(points), Numbers(points));

        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => answers.ReadDouble())];
    }

    public void Dispose()
    {
        questions.Dispose();
        process.WaitForExit();
        process.Dispose();
    }
}

/// <summary>What scikit-learn says of some rows.</summary>
internal sealed record PeerNumbers(double Auroc, double AveragePrecision, double Aupr, double F1, double[] Fpr, double[] Tpr);
