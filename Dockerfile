# syntax=docker/dockerfile:1
# Stage 1 builds wheels; stage 2 holds only Python, the installed packages and a user without rights.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements/ requirements/
RUN python -m venv /opt/ortoo \
 && /opt/ortoo/bin/pip install --no-cache-dir --require-hashes -r requirements/docker.lock
COPY . .
# The build tool goes into a venv of its own, so that none of it reaches the final image.
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/run.lock \
 && /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /dist . \
 && /opt/ortoo/bin/pip install --no-cache-dir --no-deps --no-index /dist/*.whl \
 && /opt/ortoo/bin/pip uninstall --yes --quiet pip

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/ortoo ortoo
COPY --from=build /opt/ortoo /opt/ortoo
ENV PATH=/opt/ortoo/bin:$PATH PYTHONUNBUFFERED=1 ORTOO_DATABASE_URL=sqlite:////var/lib/ortoo/ortoo.db
USER ortoo
WORKDIR /var/lib/ortoo
VOLUME /var/lib/ortoo
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["ortoo", "serve", "--host", "0.0.0.0", "--port", "8000"]
