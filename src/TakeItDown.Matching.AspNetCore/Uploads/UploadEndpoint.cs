using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;

namespace TakeItDown.Matching.AspNetCore;

/// <summary>What an endpoint says of itself.</summary>
internal static class UploadEndpoint
{
    private static readonly string[] FormTypes = ["multipart/form-data", "application/x-www-form-urlencoded"];

    private static readonly string[] MethodsWithoutBody = ["GET", "HEAD", "OPTIONS", "TRACE", "DELETE", "CONNECT"];

    /// <summary>Whether <c>ScanUploads</c> was switched off for it.</summary>
    public static bool IsDisabled(Endpoint endpoint) => endpoint.Metadata.GetMetadata<DisableUploadScanAttribute>() is not null;

    /// <summary>
    /// Whether its handler is given a form, or it says that it takes one. Minimal APIs that bind a form say so themselves, and controllers where an
    /// action has <c>[Consumes]</c> or <c>[ApiController]</c> with a file.
    /// </summary>
    public static bool TakesForm(Endpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts && accepts.ContentTypes.Any(IsForm))
        || (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action && Bound(action).Any(IsBoundFromForm));

    /// <summary>Whether filters run before its handler. They do not on Razor pages.</summary>
    public static bool RunsFilters(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ActionDescriptor>() is null or ControllerActionDescriptor;

    /// <summary>Whether a request with a body may reach its handler that is neither a form nor JSON.</summary>
    public static bool TakesOtherBodies(Endpoint endpoint)
    {
        if (endpoint is not RouteEndpoint || endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>() is { SuppressMatching: true }) return false;
        if (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
            && methods.All(method => MethodsWithoutBody.Contains(method, StringComparer.OrdinalIgnoreCase))) return false;
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { ContentTypes: { Count: > 0 } types } && types.All(IsJson)) return false;
        return endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not { } action
            || !Bound(action).Any(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Body);
    }

    private static IEnumerable<ParameterDescriptor> Bound(ControllerActionDescriptor action) => action.Parameters.Concat(action.BoundProperties);

    private static bool IsBoundFromForm(ParameterDescriptor parameter) =>
        parameter.BindingInfo?.BindingSource is { } source && (source == BindingSource.Form || source == BindingSource.FormFile)
        || typeof(IFormFile).IsAssignableFrom(parameter.ParameterType)
        || typeof(IFormCollection).IsAssignableFrom(parameter.ParameterType)
        || typeof(IEnumerable<IFormFile>).IsAssignableFrom(parameter.ParameterType);

    private static bool IsForm(string contentType) => FormTypes.Contains(MediaType(contentType), StringComparer.OrdinalIgnoreCase);

    private static bool IsJson(string contentType) =>
        MediaType(contentType) is var type && (type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static string MediaType(string contentType) => contentType.Split(';', 2)[0].Trim();
}
