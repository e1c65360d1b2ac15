using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.AspNetCore;

/// <summary>Scans every file of a form before the handler runs, and lets the policy answer in the handler's place.</summary>
internal sealed class UploadScanFilter(Func<IServiceProvider, IUploadPolicy> findPolicy) : IEndpointFilter
{
    // How the reader of multipart bodies says that one ends too early. A full disk has another code, and is no fault of the request.
    private const int EndOfStream = unchecked((int)0x80131620);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var endpoint = http.GetEndpoint();
        if (endpoint is not null && UploadEndpoint.IsDisabled(endpoint)) return await next(context).ConfigureAwait(false);

        var takesForm = endpoint is not null && UploadEndpoint.TakesForm(endpoint);
        if (!http.Request.HasFormContentType)
        {
            // The server serves for a moment before the check of its endpoints has run.
            if (!takesForm && endpoint?.Metadata.GetOrderedMetadata<UploadScanMetadata>().Any(scan => !scan.IsCollective) == true)
                return TypedResults.StatusCode(StatusCodes.Status500InternalServerError);
            return takesForm && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false
                ? TypedResults.Problem(title: "A form is expected.", statusCode: StatusCodes.Status415UnsupportedMediaType)
                : await next(context).ConfigureAwait(false);
        }

        // A handler that takes no form may yet read this one, in its own way: it finds the body as it was.
        if (!takesForm) http.Request.EnableBuffering();
        var answer = await ScanAsync(http, http.RequestAborted).ConfigureAwait(false);
        if (answer is not null) return answer;
        if (!takesForm) http.Request.Body.Position = 0;
        return await next(context).ConfigureAwait(false);
    }

    /// <returns>What is answered in the handler's place; null for nothing.</returns>
    private async ValueTask<IResult?> ScanAsync(HttpContext http, CancellationToken cancelled)
    {
        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(cancelled).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException or IOException { HResult: EndOfStream })
        {
            // Its text may quote the request; ours does not.
            var status = (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            return TypedResults.Problem(title: "The form could not be read.", statusCode: status);
        }

        if (form.Files.Count == 0) return null;
        var scanner = http.RequestServices.GetRequiredService<IContentScanner>();
        var policy = findPolicy(http.RequestServices);
        foreach (var file in form.Files)
        {
            var content = file.OpenReadStream();
            await using (content.ConfigureAwait(false))
            {
                var result = await scanner.ScanAsync(content, options: null, cancelled).ConfigureAwait(false);
                if (await policy.DecideAsync(new UploadScan(http, file, result), cancelled).ConfigureAwait(false) is { } answer) return answer;
            }
        }
        return null;
    }
}
