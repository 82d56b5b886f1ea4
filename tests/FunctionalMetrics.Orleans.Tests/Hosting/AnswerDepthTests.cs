using System.Text;

namespace FunctionalMetrics.Orleans.Tests;

public class AnswerDepthTests
{
    [Theory]
    [InlineData("*1\r\n", 40, false)]
    [InlineData("%1\r\n+a\r\n", 40, false)]
    [InlineData("*2\r\n:1\r\n", 40, false)]
    [InlineData("*1\r\n", 30, true)]
    [InlineData("*1\r\n:5\r\n", 100_000, true)]
    [InlineData("*0\r\n*-1\r\n$-1\r\n_\r\n", 1000, true)]
    [InlineData("*2\r\n*2\r\n:1\r\n$4\r\n*1\r\n\r\n%1\r\n+a\r\n:2\r\n", 1000, true)]
    [InlineData("|1\r\n+a\r\n+b\r\n:7\r\n", 1000, true)]
    public void Arrays_in_arrays_are_counted_however_the_bytes_come(string answer, int times, bool isTaken)
    {
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(answer, times)));
        foreach (var part in (int[])[1, 3, 4096])
        {
            var depth = new AnswerDepth();
            Assert.Equal(isTaken, bytes.Chunk(part).All(some => depth.Takes(some)));
        }
    }
}
