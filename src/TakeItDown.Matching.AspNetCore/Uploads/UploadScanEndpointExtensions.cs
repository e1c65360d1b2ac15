using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TakeItDown.Matching;
using TakeItDown.Matching.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts a scan in front of endpoints that take uploads.</summary>
public static class UploadScanEndpointExtensions
{
    /// <summary>
    /// Scans every file of a form before the handler runs, and refuses all but "no match": see <see cref="RefuseUnlessClean"/>. Works on minimal
    /// APIs, on controllers (<c>MapControllers</c>) and on groups.
    /// <para>
    /// An endpoint by itself must bind a form (<c>IFormFile</c>, <c>[FromForm]</c>) or say that it takes one
    /// (<c>.Accepts&lt;IFormFile&gt;("multipart/form-data")</c>); the host refuses to start where it does not, for no other body is scanned. On
    /// groups and controllers, files of a form are scanned wherever one arrives; of endpoints that do not say they take one, any other body is
    /// <b>not scanned</b>, and those that may take a body other than JSON are named in one warning at the start. A body that is no form gets 415
    /// from an endpoint that takes one. Fields of a form are not scanned, a <c>[FromForm] string</c> that carries base64 neither. A handler that
    /// reads the body itself scans it with <see cref="IContentScanner"/>.
    /// </para>
    /// </summary>
    /// <param name="builder">The endpoint or endpoints.</param>
    public static TBuilder ScanUploads<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.Scan(static services => new RefuseUnlessClean(services.GetRequiredService<IOptions<UploadPolicyOptions>>()));

    /// <summary>Scans as <see cref="ScanUploads{TBuilder}(TBuilder)"/> does, and asks a policy of the platform's own, which must be registered as a service.</summary>
    /// <typeparam name="TPolicy">The policy, of any lifetime.</typeparam>
    /// <param name="builder">The endpoint or endpoints.</param>
    public static IEndpointConventionBuilder ScanUploads<TPolicy>(this IEndpointConventionBuilder builder)
        where TPolicy : class, IUploadPolicy => builder.Scan(Find<TPolicy>);

    /// <inheritdoc cref="ScanUploads{TPolicy}(IEndpointConventionBuilder)"/>
    public static RouteHandlerBuilder ScanUploads<TPolicy>(this RouteHandlerBuilder builder)
        where TPolicy : class, IUploadPolicy => builder.Scan(Find<TPolicy>);

    /// <inheritdoc cref="ScanUploads{TPolicy}(IEndpointConventionBuilder)"/>
    public static RouteGroupBuilder ScanUploads<TPolicy>(this RouteGroupBuilder builder)
        where TPolicy : class, IUploadPolicy => builder.Scan(Find<TPolicy>);

    /// <summary>Scans as <see cref="ScanUploads{TBuilder}(TBuilder)"/> does, and asks a function. What it does not refuse is accepted.</summary>
    /// <param name="builder">The endpoint or endpoints.</param>
    /// <param name="decide">
    /// The platform's policy, asked once for each file and for every verdict: an answer that is sent in the handler's place, or null to accept the
    /// file.
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
        var policy = new DelegatePolicy(decide);
        return builder.Scan(_ => policy);
    }

    /// <summary>
    /// Keeps <c>ScanUploads</c>, set on a group, away from these endpoints: they take no uploads, or scan them with <see cref="IContentScanner"/>.
    /// On controllers, use <see cref="DisableUploadScanAttribute"/>.
    /// </summary>
    /// <param name="builder">The endpoint or endpoints.</param>
    public static TBuilder DisableUploadScan<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new DisableUploadScanAttribute());

    private static TBuilder Scan<TBuilder>(this TBuilder builder, Func<IServiceProvider, IUploadPolicy> policy)
        where TBuilder : IEndpointConventionBuilder
    {
        // Endpoints are mapped after services were registered, so that no service of ours could be there to look at them.
        EndpointStart.Check = UploadScanCheck.Run;
        var isCollective = builder is RouteGroupBuilder or ControllerActionEndpointConventionBuilder;
        return builder.WithMetadata(new UploadScanMetadata(policy, isCollective)).AddEndpointFilter(new UploadScanFilter(policy));
    }

    private static TPolicy Find<TPolicy>(IServiceProvider services)
        where TPolicy : class, IUploadPolicy =>
        services.GetService<TPolicy>() ?? throw new InvalidOperationException(
            $"ScanUploads<{typeof(TPolicy).Name}>() finds no such service. Register it: builder.Services.AddSingleton<{typeof(TPolicy).Name}>().");

    private sealed class DelegatePolicy(Func<UploadScan, ValueTask<IResult?>> decide) : IUploadPolicy
    {
        public ValueTask<IResult?> DecideAsync(UploadScan scan, CancellationToken cancellationToken = default) => decide(scan);
    }
}
