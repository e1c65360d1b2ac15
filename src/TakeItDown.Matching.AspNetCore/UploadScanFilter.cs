using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.AspNetCore;

/// <summary>Scans every file of a multipart request before the handler runs, and lets the platform answer in the handler's place.</summary>
internal sealed class UploadScanFilter(Func<UploadScan, ValueTask<IResult?>> decide) : IEndpointFilter
{
    // How the reader of multipart bodies says that one ends too early. A full disk has another code, and is no fault of the request.
    private const int EndOfStream = unchecked((int)0x80131620);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!request.HasFormContentType) return await next(context).ConfigureAwait(false);

        var cancelled = context.HttpContext.RequestAborted;
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancelled).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException or IOException { HResult: EndOfStream })
        {
            // Its text may quote the request; ours does not.
            var status = (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            return TypedResults.Problem(title: "The form could not be read.", statusCode: status);
        }

        var scanner = context.HttpContext.RequestServices.GetRequiredService<IContentScanner>();
        foreach (var file in form.Files)
        {
            var content = file.OpenReadStream();
            await using (content.ConfigureAwait(false))
            {
                var result = await scanner.ScanAsync(content, options: null, cancelled).ConfigureAwait(false);
                if (await decide(new UploadScan(context.HttpContext, file, result)).ConfigureAwait(false) is { } answer) return answer;
            }
        }
        return await next(context).ConfigureAwait(false);
    }
}
