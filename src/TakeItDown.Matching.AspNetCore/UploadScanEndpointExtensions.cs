using Microsoft.AspNetCore.Http;
using TakeItDown.Matching;
using TakeItDown.Matching.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts a scan in front of endpoints that take uploads.</summary>
public static class UploadScanEndpointExtensions
{
    /// <summary>
    /// Scans every file of a form before the handler runs. Works on minimal APIs, on controllers (<c>MapControllers</c>) and on groups.
    /// A handler that reads the request's body itself, not as a form, is not covered: scan there with <see cref="IContentScanner"/>.
    /// </summary>
    /// <param name="builder">The endpoint or endpoints.</param>
    /// <param name="decide">
    /// The platform's policy, asked once for each file: an answer that is sent in the handler's place, or null to go on. It is asked for every
    /// verdict, so that none is decided in silence.
    /// </param>
    public static TBuilder ScanUploads<TBuilder>(this TBuilder builder, Func<UploadScan, IResult?> decide)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(decide);
        return builder.ScanUploads(scan => ValueTask.FromResult(decide(scan)));
    }

    /// <inheritdoc cref="ScanUploads{TBuilder}(TBuilder, Func{UploadScan, IResult})"/>
    public static TBuilder ScanUploads<TBuilder>(this TBuilder builder, Func<UploadScan, ValueTask<IResult?>> decide)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(decide);
        return builder.AddEndpointFilter(new UploadScanFilter(decide));
    }
}
