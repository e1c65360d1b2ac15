using Microsoft.AspNetCore.Http.Features;

namespace Registry.Sharing;

/// <summary>Which fingerprint of which entry feedback is on, by the path it is put to.</summary>
internal sealed record FeedbackPath(string Id, string Key)
{
    /// <summary>
    /// Reads what stands between the member and <c>/feedback</c>: the entry's id, and the key of the fingerprint. It is read from the request as it was
    /// sent, since ids are the members' own: one with a slash comes as <c>%2F</c> or, from clients that escape nothing, as it is, and one
    /// with a percent sign must not be unescaped twice.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="before">How many segments come before the member's.</param>
    public static FeedbackPath? Read(HttpRequest request, int before)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.StartsWith('/') ? target : Uri.TryCreate(target, UriKind.Absolute, out var absolute) ? absolute.AbsolutePath : "";
        var segments = path.Split('?')[0].Split('/');
        // The member, at least one segment of the id, the key, and "feedback".
        return segments.Length < before + 4 || !segments[^1].Equals("feedback", StringComparison.OrdinalIgnoreCase) ? null
            : new FeedbackPath(Uri.UnescapeDataString(string.Join('/', segments[(before + 1)..^2])), segments[^2]);
    }
}
