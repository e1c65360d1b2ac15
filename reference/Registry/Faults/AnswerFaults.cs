using System.Globalization;
using System.Text;

namespace Registry.Faults;

/// <summary>Faults of the answer as a whole: its status, its headers, how its body arrives.</summary>
public static class AnswerFaults
{
    /// <summary>An error status, such as 401, 429, 500 or 503, and no body.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">What <c>Retry-After</c> says, where it is there at all.</param>
    public static RegistryFault Status(int status, TimeSpan? retryAfter = null) => (context, _) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is { } wait) context.Response.Headers.RetryAfter = ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    };

    /// <summary>A redirect, to wherever.</summary>
    public static RegistryFault Redirect(Uri location) => (context, _) =>
    {
        context.Response.Redirect(location.AbsoluteUri);
        return Task.CompletedTask;
    };

    /// <summary>The connection breaks in the middle of the body.</summary>
    public static RegistryFault ConnectionLost() => async (context, serve) =>
    {
        var body = await CapturedAnswer.CaptureAsync(context, serve);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    /// <summary>Half the document, in an answer that HTTP finds complete.</summary>
    public static RegistryFault CutOff() => async (context, serve) =>
    {
        var body = await CapturedAnswer.CaptureAsync(context, serve);
        await CapturedAnswer.SendAsync(context, body.AsMemory(0, body.Length / 2));
    };

    /// <summary>A document that goes on and on with unknown elements, for so many bytes or until the client has had enough.</summary>
    public static RegistryFault OverLong(long bytes) => async (context, _) =>
    {
        context.Response.ContentType = "application/xml; charset=utf-8";
        var piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<more>and more</more>", 4096)));
        await context.Response.WriteAsync($"<queryResult xmlns=\"{CapturedAnswer.Namespace}\">", context.RequestAborted);
        for (var sent = 0L; sent < bytes; sent += piece.Length) await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        await context.Response.WriteAsync("</queryResult>", context.RequestAborted);
    };

    /// <summary>The right body, in pieces of 64 bytes with a pause before each; with an endless pause it stops after the first.</summary>
    public static RegistryFault Slow(TimeSpan pause) => async (context, serve) =>
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var body = await CapturedAnswer.CaptureAsync(context, serve);
        context.Response.ContentLength = body.Length;
        foreach (var piece in body.Chunk(64))
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(pause, time, context.RequestAborted);
        }
    };

    /// <summary>The right body under another content type.</summary>
    public static RegistryFault ContentType(string type) => async (context, serve) =>
    {
        var body = await CapturedAnswer.CaptureAsync(context, serve);
        context.Response.ContentType = type;
        await CapturedAnswer.SendAsync(context, body);
    };

    /// <summary>The right answer with a <c>Date</c> that is off by so much.</summary>
    public static RegistryFault ClockSkew(TimeSpan skew) => (context, serve) =>
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        context.Response.Headers.Date = (time.GetUtcNow() + skew).ToString("R");
        return serve(context);
    };

    /// <summary>A document whose DTD would swell to a billion words.</summary>
    public static RegistryFault DtdBomb() => (context, _) =>
    {
        var entities = string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY e{i} \"{string.Concat(Enumerable.Repeat($"&e{i - 1};", 10))}\">"));
        context.Response.ContentType = "application/xml; charset=utf-8";
        return context.Response.WriteAsync(
            $"<?xml version=\"1.0\"?><!DOCTYPE queryResult [<!ENTITY e0 \"word\">{entities}]><queryResult xmlns=\"{CapturedAnswer.Namespace}\">&e9;</queryResult>");
    };

    /// <summary>The right answer, but something happens just before it: an entry changes while a client pages, the clock moves on.</summary>
    public static RegistryFault Meanwhile(Action happening) => (context, serve) =>
    {
        happening();
        return serve(context);
    };
}
