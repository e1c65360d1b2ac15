using Microsoft.Extensions.Options;

namespace TakeItDown.Matching;

/// <summary>What <see cref="RefuseUnlessClean"/> accepts besides "no match".</summary>
public sealed class UploadPolicyOptions
{
    /// <summary>
    /// Why content can be unfit to judge although its digests were compared with every list. Nothing else may be accepted: waiting, or the
    /// operator, can mend it, or the content is near something listed.
    /// </summary>
    private static readonly ScanReason[] Acceptable =
    [
        ScanReason.Empty, ScanReason.UnknownFormat, ScanReason.Damaged, ScanReason.Truncated, ScanReason.TooManyPixels, ScanReason.TooPlain, ScanReason.TooLong,
        ScanReason.TooManyFrames, ScanReason.OtherTracks,
    ];

    /// <summary>
    /// Reasons for "not scannable" that are accepted all the same: each lets through whatever has it, listed or not, unless its very bytes are
    /// listed. May hold <see cref="ScanReason.Empty"/>, <see cref="ScanReason.UnknownFormat"/>, <see cref="ScanReason.Damaged"/>,
    /// <see cref="ScanReason.Truncated"/>, <see cref="ScanReason.TooManyPixels"/>, <see cref="ScanReason.TooPlain"/>,
    /// <see cref="ScanReason.TooLong"/>, <see cref="ScanReason.TooManyFrames"/> and <see cref="ScanReason.OtherTracks"/>.
    /// </summary>
    /// <value>The default is none.</value>
    public ISet<ScanReason> Accept { get; } = new HashSet<ScanReason>();

    internal UploadPolicyOptions Validated()
    {
        ScanReason[] wrong = [.. Accept.Except(Acceptable)];
        return wrong.Length == 0 ? this : throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(UploadPolicyOptions),
            [$"{nameof(UploadPolicyOptions)}.{nameof(Accept)} may not hold {string.Join(", ", wrong)}. Remove it; what may be accepted is {string.Join(", ", Acceptable)}."]);
    }
}
