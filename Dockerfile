# The wheel is built in one stage and installed in another, so that the image has no build tools.
FROM python:3.11-slim AS build
# `alles` adds the PDF (and 80 MB).
ARG REQUIREMENTS=redis
WORKDIR /source
COPY requirements/build.lock requirements/redis.lock requirements/alles.lock requirements/
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements/build.lock \
    && python -m venv --without-pip /app \
    && /opt/build/bin/pip --python /app/bin/python install --no-cache-dir --require-hashes --no-deps \
        -r "requirements/$REQUIREMENTS.lock"
COPY pyproject.toml README.md LICENSE ./
COPY dialogues dialogues
COPY bot bot
COPY content content
RUN /opt/build/bin/pip wheel --no-cache-dir --no-build-isolation --no-deps --wheel-dir /wheels . \
    && /opt/build/bin/pip --python /app/bin/python install --no-cache-dir --no-deps /wheels/*.whl

FROM python:3.11-slim
# A number, so that a platform that forbids root can see that it is none.
RUN useradd --system --uid 10001 --no-create-home copro \
    && install -d -o 10001 /data
COPY --from=build /app /app
# Within a container only the address of all interfaces can be reached from outside.
ENV PATH=/app/bin:$PATH PYTHONUNBUFFERED=1 COPRO_WEB_HOST=0.0.0.0 \
    COPRO_COUNTS=/data/tellingen.sqlite3
EXPOSE 8000
USER 10001
WORKDIR /tmp
# Asks the process whether it still answers; a chat, where there is nothing to ask, is well.
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["python", "-m", "bot.web.alive"]
ENTRYPOINT ["coproductiewijzer"]
CMD ["chat"]
