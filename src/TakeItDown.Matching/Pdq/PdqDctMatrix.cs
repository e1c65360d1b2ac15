namespace TakeItDown.Matching.Pdq;

/// <summary>Rows 1 to 16 of the 64-point discrete cosine transform.</summary>
internal static class PdqDctMatrix
{
    /// <summary>16 rows of 64 values.</summary>
    public static float[] Rows { get; } = MakeRows();

    /// <summary>The same, 64 rows of 16 values.</summary>
    public static float[] Columns { get; } = Transpose(Rows);

    private static float[] MakeRows()
    {
        // The scale is rounded to single precision before it is multiplied and the product is rounded again: as in the reference.
        var scale = (float)Math.Sqrt(2.0 / 64);
        var rows = new float[16 * 64];
        for (var i = 0; i < 16; i++)
        {
            for (var j = 0; j < 64; j++) rows[(i * 64) + j] = (float)(scale * Math.Cos(Math.PI / 2 / 64 * (i + 1) * ((2 * j) + 1)));
        }
        return rows;
    }

    private static float[] Transpose(float[] rows)
    {
        var columns = new float[rows.Length];
        for (var i = 0; i < 16; i++)
        {
            for (var j = 0; j < 64; j++) columns[(j * 16) + i] = rows[(i * 64) + j];
        }
        return columns;
    }
}
